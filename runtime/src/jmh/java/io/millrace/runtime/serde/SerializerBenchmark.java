package io.millrace.runtime.serde;

import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.util.concurrent.TimeUnit;

/**
 * Generated serializers beside hand-written ones, per record, in batches of 256 as a chunk has
 * them. The classes are package-private on purpose: that is what a user's program has, and it goes
 * through the method handles. Numbers are in {@code docs/design/serde.md}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(SerializerBenchmark.BATCH)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {"-Xmx512m", "-XX:+UseSerialGC"})
public class SerializerBenchmark {
    static final int BATCH = 256;

    record Order(String user, long id, double price, int quantity, String product) {}

    static final class Click {
        String user;
        long atMs;
        int[] path;
        String page;
    }

    /** Which record is sent, and by what. */
    public enum Case {
        RECORD_BY_HAND,
        RECORD,
        RECORD_FOUND,
        CLASS_BY_HAND,
        CLASS,
        TUPLE_BY_HAND,
        TUPLE,
        TUPLE_FOUND
    }

    @Param public Case kind;

    private final Object[] values = new Object[BATCH];
    private final Object[] results = new Object[BATCH];
    private final BinaryWriter out = new BinaryWriter(1 << 16);
    private Serializer<Object> serializer;
    private byte[] bytes;

    @Setup
    @SuppressWarnings("unchecked")
    public void setUp() {
        ClassLoader loader = SerializerBenchmark.class.getClassLoader();
        serializer =
                switch (kind) {
                    case RECORD_BY_HAND -> (Serializer<Object>) (Serializer<?>) new OrderByHand();
                    case CLASS_BY_HAND -> (Serializer<Object>) (Serializer<?>) new ClickByHand();
                    case TUPLE_BY_HAND -> (Serializer<Object>) (Serializer<?>) new TupleByHand();
                    case RECORD -> Serializers.of(TypeInformation.of(Order.class), loader);
                    case CLASS ->
                            new SerializerCompiler(loader)
                                    .compile(ReflectedSchema.ofExactly(Click.class));
                    case TUPLE -> Serializers.of(Types.TUPLE(Types.STRING, Types.INT), loader);
                    case RECORD_FOUND, TUPLE_FOUND -> Serializers.of(null, loader);
                };
        for (int i = 0; i < BATCH; i++) {
            values[i] = value(i);
        }
        write();
        bytes = out.toByteArray();
    }

    private Object value(int i) {
        return switch (kind) {
            case RECORD_BY_HAND, RECORD, RECORD_FOUND ->
                    new Order("user-" + i % 50, i, i / 7.0, i % 10, "product number " + i);
            case CLASS_BY_HAND, CLASS -> {
                Click click = new Click();
                click.user = "user-" + i % 50;
                click.atMs = i;
                click.path = new int[] {i, i + 1, i + 2};
                click.page = "/page/" + i;
                yield click;
            }
            case TUPLE_BY_HAND, TUPLE, TUPLE_FOUND -> Tuple2.of("word" + i, i);
        };
    }

    @Benchmark
    public int write() {
        out.clear();
        for (Object value : values) {
            serializer.write(value, out);
        }
        return out.size();
    }

    @Benchmark
    public Object[] read() {
        BinaryReader in = new BinaryReader(bytes);
        for (int i = 0; i < BATCH; i++) {
            results[i] = serializer.read(in);
        }
        return results;
    }

    @Benchmark
    public Object[] copy() {
        for (int i = 0; i < BATCH; i++) {
            results[i] = serializer.copy(values[i]);
        }
        return results;
    }

    private abstract static class ByHand<T> extends Serializer<T> {
        @Override
        public boolean immutable() {
            return false;
        }

        @Override
        public Schema schema() {
            return new Schema.Any();
        }

        static void writeNullable(String value, BinaryWriter out) {
            if (value != null) {
                out.writeString(value);
            }
        }
    }

    private static final class OrderByHand extends ByHand<Order> {
        @Override
        public void write(Order order, BinaryWriter out) {
            out.writeByte((order.user != null ? 1 : 0) | (order.product != null ? 2 : 0));
            writeNullable(order.user, out);
            out.writeLong(order.id);
            out.writeDouble(order.price);
            out.writeInt(order.quantity);
            writeNullable(order.product, out);
        }

        @Override
        public Order read(BinaryReader in) {
            int present = in.readByte();
            String user = (present & 1) != 0 ? in.readString() : null;
            long id = in.readLong();
            double price = in.readDouble();
            int quantity = in.readInt();
            return new Order(
                    user, id, price, quantity, (present & 2) != 0 ? in.readString() : null);
        }

        @Override
        public Order copy(Order order) {
            return order;
        }
    }

    private static final class ClickByHand extends ByHand<Click> {
        @Override
        public void write(Click click, BinaryWriter out) {
            out.writeByte(
                    (click.user != null ? 1 : 0)
                            | (click.path != null ? 2 : 0)
                            | (click.page != null ? 4 : 0));
            writeNullable(click.user, out);
            out.writeLong(click.atMs);
            if (click.path != null) {
                out.writeVarInt(click.path.length);
                for (int step : click.path) {
                    out.writeInt(step);
                }
            }
            writeNullable(click.page, out);
        }

        @Override
        public Click read(BinaryReader in) {
            int present = in.readByte();
            Click click = new Click();
            click.user = (present & 1) != 0 ? in.readString() : null;
            click.atMs = in.readLong();
            if ((present & 2) != 0) {
                click.path = new int[in.readLength(4)];
                for (int i = 0; i < click.path.length; i++) {
                    click.path[i] = in.readInt();
                }
            }
            click.page = (present & 4) != 0 ? in.readString() : null;
            return click;
        }

        @Override
        public Click copy(Click click) {
            Click copy = new Click();
            copy.user = click.user;
            copy.atMs = click.atMs;
            copy.path = click.path == null ? null : click.path.clone();
            copy.page = click.page;
            return copy;
        }
    }

    private static final class TupleByHand extends ByHand<Tuple2<String, Integer>> {
        @Override
        public void write(Tuple2<String, Integer> tuple, BinaryWriter out) {
            out.writeByte((tuple.f0 != null ? 1 : 0) | (tuple.f1 != null ? 2 : 0));
            writeNullable(tuple.f0, out);
            if (tuple.f1 != null) {
                out.writeInt(tuple.f1);
            }
        }

        @Override
        public Tuple2<String, Integer> read(BinaryReader in) {
            int present = in.readByte();
            String first = (present & 1) != 0 ? in.readString() : null;
            return Tuple2.of(first, (present & 2) != 0 ? in.readInt() : null);
        }

        @Override
        public Tuple2<String, Integer> copy(Tuple2<String, Integer> tuple) {
            return Tuple2.of(tuple.f0, tuple.f1);
        }
    }
}
