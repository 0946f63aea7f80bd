package io.millrace.runtime.task;

/** The thread of a work loop. Its fields are confined to it. */
final class LoopThread extends Thread {
    /** Where this thread goes on after the turn that it is ending; null at all other times. */
    Lane nextLane;

    LoopThread(WorkLoop loop) {
        super(loop, loop.name());
    }
}
