package io.millrace.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.coordinator.Event;
import io.millrace.runtime.message.MessageCodec;
import io.millrace.runtime.message.ToCoordinator;
import io.millrace.runtime.message.ToWorker;
import io.millrace.runtime.message.WorkerAddress;
import io.millrace.runtime.wire.Connection;
import io.millrace.runtime.wire.ConnectionListener;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkerLinksTest {
    private final List<Event> events = new ArrayList<>();
    private final WorkerLinks links =
            new WorkerLinks(
                    arrival -> {
                        Event event = arrival.toEvent();
                        if (event != null) {
                            events.add(event);
                        }
                    });

    @Test
    void bindsAConnectionToTheWorkerThatRegistersOnIt() {
        FakeConnection connection = new FakeConnection();
        ConnectionListener listener = links.accept(connection);

        listener.onFrame(registration("w1"));
        links.send("w1", new ToWorker.Welcome(3, 10, 20));
        listener.onClosed(null);

        assertThat(events.get(0)).isInstanceOf(Event.WorkerSpoke.class);
        assertThat(connection.sent).containsExactly(new ToWorker.Welcome(3, 10, 20));
        assertThat(events.get(1))
                .isInstanceOfSatisfying(
                        Event.WorkerGone.class,
                        gone -> assertThat(gone.workerId()).isEqualTo("w1"));
    }

    @Test
    void closesAConnectionThatDoesNotRegisterFirst() {
        FakeConnection connection = new FakeConnection();

        links.accept(connection).onFrame(heartbeat("w1"));

        assertThat(connection.closed).isTrue();
        assertThat(events).isEmpty();
    }

    @Test
    void closesAConnectionThatSpeaksForAnotherWorker() {
        FakeConnection connection = new FakeConnection();
        ConnectionListener listener = links.accept(connection);
        listener.onFrame(registration("w1"));

        listener.onFrame(heartbeat("w2"));

        assertThat(connection.closed).isTrue();
        assertThat(events).hasSize(1);
    }

    @Test
    void closesAConnectionThatSendsACoordinatorsMessage() {
        FakeConnection connection = new FakeConnection();

        links.accept(connection).onFrame(MessageCodec.encode(new ToWorker.Shutdown(1, "x")));

        assertThat(connection.closed).isTrue();
    }

    @Test
    void replacesTheConnectionOfAWorkerThatComesAgain() {
        FakeConnection older = new FakeConnection();
        ConnectionListener olderListener = links.accept(older);
        olderListener.onFrame(registration("w1"));
        FakeConnection newer = new FakeConnection();
        links.accept(newer).onFrame(registration("w1"));
        events.clear();

        olderListener.onFrame(heartbeat("w1"));
        olderListener.onClosed(null);
        links.send("w1", new ToWorker.Welcome(3, 10, 20));

        assertThat(older.closed).isTrue();
        assertThat(events).isEmpty();
        assertThat(newer.sent).hasSize(1);
    }

    @Test
    void dropsAMessageForAWorkerWithoutConnection() {
        links.send("nobody", new ToWorker.Welcome(3, 10, 20));
    }

    @Test
    void handsTokensToWorkersThatAreThereAndToThoseThatCome() {
        FakeConnection there = new FakeConnection();
        links.accept(there).onFrame(registration("w1"));
        assertThat(there.sent).isEmpty();

        links.handOut(new ToWorker.NewTokens(3, new byte[] {1}));
        links.handOut(new ToWorker.NewTokens(3, new byte[] {2}));
        FakeConnection late = new FakeConnection();
        ConnectionListener listener = links.accept(late);
        assertThat(late.sent).as("before it has said who it is").isEmpty();
        listener.onFrame(registration("w2"));

        assertThat(there.sent)
                .extracting(message -> ((ToWorker.NewTokens) message).sealed())
                .containsExactly(new byte[] {1}, new byte[] {2});
        assertThat(late.sent)
                .extracting(message -> ((ToWorker.NewTokens) message).sealed())
                .containsExactly(new byte[][] {{2}});
    }

    @Test
    void tellsWorkersToEndBeforeItLetsGoOfThem() {
        FakeConnection connection = new FakeConnection();
        links.accept(connection).onFrame(registration("w1"));

        links.shutDownAll(4, "over");

        assertThat(connection.sent).containsExactly(new ToWorker.Shutdown(4, "over"));
        assertThat(connection.closed).isTrue();
    }

    private static byte[] registration(String workerId) {
        return MessageCodec.encode(
                new ToCoordinator.RegisterWorker(
                        new WorkerAddress(workerId, "host", 1), 2, 3, 4, 0));
    }

    private static byte[] heartbeat(String workerId) {
        return MessageCodec.encode(new ToCoordinator.Heartbeat(workerId, 1, List.of()));
    }

    private static final class FakeConnection implements Connection {
        private final List<ToWorker> sent = new ArrayList<>();
        private boolean closed;

        @Override
        public void send(byte[] frame) {
            sent.add((ToWorker) MessageCodec.decode(frame));
        }

        @Override
        public String peer() {
            return "fake";
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
