package io.millrace.batch.shuffle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.fault.FaultPoint;
import io.millrace.api.fault.FaultPoint.Room;
import io.millrace.api.fault.SimulatedCrash;
import io.millrace.api.type.Types;
import io.millrace.batch.shuffle.Edge.Sent;
import io.millrace.runtime.compress.BlockCompression;
import io.millrace.runtime.exchange.stored.ResultLostException;
import io.millrace.runtime.exchange.stored.ResultTransport;
import io.millrace.runtime.exchange.stored.ResultWriter;
import io.millrace.runtime.message.StoredResult;
import io.millrace.runtime.message.WorkerAddress;
import io.millrace.runtime.plan.ResultId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ResultCrashTest {
    private static final Edge EDGE = new Edge(Types.LONG, false);

    @TempDir Path directory;

    static List<FaultPoint> points() {
        return FaultPoint.of(Room.RESULT);
    }

    @AfterEach
    void disarm() {
        System.clearProperty(FaultPoint.CRASH_AT);
        System.clearProperty(FaultPoint.CRASH_HOW);
    }

    private DiskExchange worker(String id) {
        return DiskExchange.start(
                new WorkerAddress(id, "localhost", 0),
                new ShuffleSettings(
                        64 << 10, 64 << 10, BlockCompression.LZ4, List.of(directory), 1),
                ResultTransport.none());
    }

    private static List<List<Sent>> numbers() {
        List<List<Sent>> all = List.of(new ArrayList<>(), new ArrayList<>());
        for (long i = 0; i < 100_000; i++) {
            all.get((int) i % 2).add(Sent.of(i * i));
        }
        return all;
    }

    private static void storeAndDrop(DiskExchange exchange) {
        ResultWriter writer = EDGE.open(exchange, 0, 2); // a dead process closes nothing
        EDGE.write(writer, numbers());
        EDGE.finish(writer, 2);
        exchange.drop(Edge.id(0));
    }

    /**
     * At every point the producer runs again elsewhere, and nobody reads what the dead one left.
     */
    @ParameterizedTest
    @MethodSource("points")
    void theNextAttemptIsReadAndNothingOfTheDeadOne(FaultPoint point) {
        DiskExchange dead = worker("worker-1");
        System.setProperty(FaultPoint.CRASH_HOW, "throw");
        System.setProperty(FaultPoint.CRASH_AT, point.name());

        assertThatThrownBy(() -> storeAndDrop(dead)).isInstanceOf(SimulatedCrash.class);

        try (DiskExchange next = worker("worker-2")) {
            StoredResult result = EDGE.store(next, 0, numbers());
            assertThat(EDGE.read(next, 1, result)).isEqualTo(numbers().get(1));
            StoredResult ofTheDead =
                    new StoredResult(
                            new ResultId(Edge.JOB, 3, 0, 1),
                            new WorkerAddress("worker-2", "localhost", 0),
                            result.ranges());
            assertThatThrownBy(() -> EDGE.read(next, 0, ofTheDead))
                    .isInstanceOf(ResultLostException.class);
        }
    }
}
