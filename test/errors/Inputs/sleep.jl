println(stderr, "start")
sleep(100)
