package io.millrace.api.collect;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.sink.SinkWriter;
import io.millrace.api.type.ValueCodec;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * Sends the records of one subtask. Written by the task's thread; a thread of its own sends what
 * has waited for {@link #MAX_DELAY_MS}, so that slow streams are seen too. Both hold the monitor.
 */
final class CollectWriter<T> implements SinkWriter<T> {
    private static final long MAX_DELAY_MS = 100;

    private final Socket socket;
    private final DataOutputStream toServer;
    private final ValueCodec<T> codec;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private final DataOutputStream pendingData = new DataOutputStream(pending);
    private final Thread flusher;
    private boolean closed;

    /** What the flusher met; told by the next call of the task. */
    private IOException failure;

    private CollectWriter(Socket socket, ValueCodec<T> codec, int subtask) throws IOException {
        this.socket = socket;
        this.toServer = new DataOutputStream(socket.getOutputStream());
        this.codec = codec;
        this.flusher = new Thread(this::flushNowAndThen, "collect-flush-" + subtask);
        this.flusher.setDaemon(true);
    }

    static <T> CollectWriter<T> connect(
            String host, int port, byte[] token, int subtask, int attempt, ValueCodec<T> codec)
            throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(host, port), CollectProtocol.CONNECT_TIMEOUT_MS);
            socket.setTcpNoDelay(true);
            CollectWriter<T> writer = new CollectWriter<>(socket, codec, subtask);
            writer.toServer.writeInt(CollectProtocol.MAGIC);
            writer.toServer.write(token);
            writer.toServer.writeInt(subtask);
            writer.toServer.writeInt(attempt);
            writer.toServer.flush();
            writer.flusher.start();
            return writer;
        } catch (IOException e) {
            socket.close();
            throw new MillraceException(
                    ErrorCode.EXCHANGE_FAILED,
                    "could not connect to "
                            + host
                            + ":"
                            + port
                            + ", where the program waits for results: "
                            + e.getMessage()
                            + ". Check that workers can reach the program's host.",
                    e);
        }
    }

    @Override
    public void write(T element, Context context) throws IOException {
        byte[] bytes = codec.encode(element);
        synchronized (this) {
            failIfFlusherFailed();
            pendingData.writeInt(bytes.length);
            pendingData.write(bytes);
            if (pending.size() >= CollectProtocol.FRAME_BYTES) {
                send();
            }
        }
    }

    private void send() throws IOException {
        if (pending.size() > 0) {
            toServer.writeInt(pending.size());
            pending.writeTo(toServer);
            pending.reset();
        }
        toServer.flush();
    }

    @Override
    public void flush(boolean endOfInput) throws IOException {
        synchronized (this) {
            failIfFlusherFailed();
            send();
            if (!endOfInput) {
                return;
            }
            toServer.writeInt(CollectProtocol.END);
            toServer.flush();
        }
        if (socket.getInputStream().read() != CollectProtocol.TAKEN_OVER) {
            throw new IOException(
                    "The program that waits for results closed the connection before the end.");
        }
    }

    private synchronized void failIfFlusherFailed() throws IOException {
        if (failure != null) {
            throw new IOException("Results could not be sent: " + failure.getMessage(), failure);
        }
    }

    private synchronized void flushNowAndThen() {
        try {
            while (!closed) {
                wait(MAX_DELAY_MS);
                if (!closed && pending.size() > 0) {
                    send();
                }
            }
        } catch (IOException e) {
            failure = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Closes the connection first, so that a flusher that waits for the server lets go. */
    @Override
    public void close() throws IOException, InterruptedException {
        socket.close();
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        flusher.join();
    }
}
