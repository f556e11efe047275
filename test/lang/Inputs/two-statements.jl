first_one = 1
first_one + 2
