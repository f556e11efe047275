println("start")
sleep(100)
