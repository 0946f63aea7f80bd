package io.millrace.worker;

import io.millrace.runtime.message.Message;
import io.millrace.runtime.message.MessageCodec;
import io.millrace.runtime.message.ToCoordinator;
import io.millrace.runtime.message.ToWorker;
import io.millrace.runtime.serde.CorruptDataException;
import io.millrace.runtime.wire.Connection;
import io.millrace.runtime.wire.ConnectionListener;
import java.util.function.Function;

/** Messages as frames of a connection. Thread-safe: senders encode on their own thread. */
final class EncodedLink implements CoordinatorLink {
    private final Connection connection;

    private EncodedLink(Connection connection) {
        this.connection = connection;
    }

    static EncodedLink over(Receiver receiver, Function<ConnectionListener, Connection> connector) {
        return new EncodedLink(
                connector.apply(
                        new ConnectionListener() {
                            @Override
                            public void onFrame(byte[] frame) {
                                receiver.onMessage(decode(frame));
                            }

                            @Override
                            public void onClosed(Throwable cause) {
                                receiver.onClosed(cause);
                            }
                        }));
    }

    private static ToWorker decode(byte[] frame) {
        Message message = MessageCodec.decode(frame);
        if (message instanceof ToWorker known) {
            return known;
        }
        throw new CorruptDataException(
                "a coordinator sent a worker's message: " + message.getClass().getSimpleName());
    }

    @Override
    public void send(ToCoordinator message) {
        connection.send(MessageCodec.encode(message));
    }

    @Override
    public void close() {
        connection.close();
    }
}
