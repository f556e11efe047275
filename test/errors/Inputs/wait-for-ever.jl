# Everything waits: the thread sleeps on the stack of the task that was the last to wait.
@async sleep(1000)
println("start")
wait(Condition())
