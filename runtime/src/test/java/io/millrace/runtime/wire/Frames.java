package io.millrace.runtime.wire;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A listener that keeps what it hears, for tests to wait for. */
final class Frames implements ConnectionListener {
    private final BlockingQueue<byte[]> frames = new ArrayBlockingQueue<>(100_000);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch writable = new CountDownLatch(1);
    private volatile Throwable cause;

    @Override
    public void onFrame(byte[] frame) {
        frames.add(frame);
    }

    @Override
    public void onWritable() {
        writable.countDown();
    }

    @Override
    public void onClosed(Throwable why) {
        cause = why;
        closed.countDown();
    }

    byte[] next() throws InterruptedException {
        byte[] frame = frames.poll(40, TimeUnit.SECONDS);
        if (frame == null) {
            throw new AssertionError("no frame came; closed=" + (closed.getCount() == 0), cause);
        }
        return frame;
    }

    Throwable awaitClosed() throws InterruptedException {
        if (!closed.await(40, TimeUnit.SECONDS)) {
            throw new AssertionError("the connection did not close");
        }
        return cause;
    }

    void awaitWritable() throws InterruptedException {
        if (!writable.await(40, TimeUnit.SECONDS)) {
            throw new AssertionError("onWritable was not called");
        }
    }

    int count() {
        return frames.size();
    }
}
