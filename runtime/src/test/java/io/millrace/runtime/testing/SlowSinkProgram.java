package io.millrace.runtime.testing;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Partitioning;
import io.millrace.api.graph.StreamGraph;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.api.option.Config;
import io.millrace.api.sink.Sink;
import io.millrace.api.sink.SinkWriter;
import io.millrace.api.sink.WriterInitContext;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.type.TypeInformation;
import io.millrace.runtime.operator.StreamOperators;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A process of its own: an endless source of large records before a slow sink, until the sink has
 * had some of them. Arguments: {@code local} or {@code network}, bytes of a record, records.
 */
final class SlowSinkProgram {
    static final String DONE = "the sink had them all";

    private static final long DEADLINE_SECONDS = 100;
    private static final AtomicLong ARRIVED = new AtomicLong();

    private SlowSinkProgram() {}

    /** Takes a millisecond for each record. */
    private static final class SlowSink implements Sink<byte[]> {
        private static final long serialVersionUID = 1L;

        @Override
        public SinkWriter<byte[]> createWriter(WriterInitContext context) {
            return new SinkWriter<>() {
                @Override
                public void write(byte[] element, Context context) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
                    ARRIVED.incrementAndGet();
                }

                @Override
                public void flush(boolean endOfInput) {}

                @Override
                public void close() {}
            };
        }
    }

    private static StreamGraph program(int recordBytes) {
        return Graphs.in(ExecutionMode.STREAMING)
                .parallelism(2)
                .node(
                        "endless",
                        new OperatorSpec.SourceSpec(
                                new RangeSource<>(
                                        Long.MAX_VALUE / 4, number -> new byte[recordBytes]),
                                WatermarkStrategy.noWatermarks()),
                        TypeInformation.of(byte[].class))
                .node("slow", new OperatorSpec.SinkSpec(new SlowSink()), null)
                .edge(1, 2, Partitioning.Kind.REBALANCE)
                .build();
    }

    public static void main(String[] args) {
        StreamGraph program = program(Integer.parseInt(args[1]));
        long wanted = Long.parseLong(args[2]);
        LocalJob job =
                args[0].equals("network")
                        ? LocalJob.overNetwork(program, new StreamOperators(), Config.empty())
                        : new LocalJob(program, new StreamOperators(), Config.empty());
        job.start();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (ARRIVED.get() < wanted && job.fatal().isEmpty()) {
            if (System.nanoTime() - deadline > 0) {
                System.err.println("only " + ARRIVED + " records arrived");
                Runtime.getRuntime().halt(2);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        if (!job.fatal().isEmpty()) {
            job.fatal().get(0).printStackTrace();
            Runtime.getRuntime().halt(3);
        }
        System.out.println(DONE);
        Runtime.getRuntime().halt(0);
    }
}
