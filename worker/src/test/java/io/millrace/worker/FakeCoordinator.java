package io.millrace.worker;

import io.millrace.runtime.message.MessageCodec;
import io.millrace.runtime.message.ToCoordinator;
import io.millrace.runtime.message.ToCoordinator.Heartbeat;
import io.millrace.runtime.message.ToWorker;
import io.millrace.runtime.wire.Connection;
import io.millrace.runtime.wire.ConnectionListener;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The other end of a worker's link: keeps what it hears, says what a test wants. Thread-safe. */
final class FakeCoordinator implements ConnectionListener {
    final BlockingQueue<ToCoordinator> heard = new LinkedBlockingQueue<>();
    final CompletableFuture<Connection> connection = new CompletableFuture<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Throwable closeCause;

    ConnectionListener accept(Connection made) {
        connection.complete(made);
        return this;
    }

    @Override
    public void onFrame(byte[] frame) {
        heard.add((ToCoordinator) MessageCodec.decode(frame));
    }

    @Override
    public void onClosed(Throwable cause) {
        closeCause = cause;
        closed.countDown();
    }

    Throwable awaitClosed() throws InterruptedException {
        if (!closed.await(40, TimeUnit.SECONDS)) {
            throw new AssertionError("the worker did not say goodbye");
        }
        return closeCause;
    }

    void say(ToWorker message) throws Exception {
        connection.get(40, TimeUnit.SECONDS).send(MessageCodec.encode(message));
    }

    ToCoordinator next() throws InterruptedException {
        ToCoordinator message = heard.poll(40, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("the worker said nothing");
        }
        return message;
    }

    ToCoordinator nextButHeartbeats() throws InterruptedException {
        ToCoordinator message = next();
        while (message instanceof Heartbeat) {
            message = next();
        }
        return message;
    }
}
