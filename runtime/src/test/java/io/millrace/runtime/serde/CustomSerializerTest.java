package io.millrace.runtime.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.serialization.DataInputView;
import io.millrace.api.serialization.DataOutputView;
import io.millrace.api.serialization.SerializerConfig;
import io.millrace.api.serialization.SimpleTypeSerializerSnapshot;
import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.serialization.TypeSerializerSnapshot;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.TypeInfo;
import io.millrace.api.type.TypeInfoFactory;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CustomSerializerTest {
    private static final ClassLoader LOADER = CustomSerializerTest.class.getClassLoader();

    /** A class that only its own serializer can write: its field is transient. */
    @TypeInfo(CelsiusFactory.class)
    public static final class Celsius {
        transient double degrees;
        transient String from;

        Celsius(double degrees, String from) {
            this.degrees = degrees;
            this.from = from;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Celsius that
                    && degrees == that.degrees
                    && from.equals(that.from);
        }

        @Override
        public int hashCode() {
            return Objects.hash(degrees, from);
        }
    }

    public static final class CelsiusFactory extends TypeInfoFactory<Celsius> {
        @Override
        public TypeInformation<Celsius> createTypeInfo(
                Type t, Map<String, TypeInformation<?>> genericParameters) {
            return new CelsiusInfo(false);
        }
    }

    public static final class CelsiusInfo extends TypeInformation<Celsius> {
        private static final long serialVersionUID = 1L;

        private final boolean greedy;

        CelsiusInfo(boolean greedy) {
            this.greedy = greedy;
        }

        @Override
        public boolean isBasicType() {
            return false;
        }

        @Override
        public boolean isTupleType() {
            return false;
        }

        @Override
        public int getArity() {
            return 1;
        }

        @Override
        public int getTotalFields() {
            return 1;
        }

        @Override
        public Class<Celsius> getTypeClass() {
            return Celsius.class;
        }

        @Override
        public boolean isKeyType() {
            return true;
        }

        @Override
        public TypeSerializer<Celsius> createSerializer(SerializerConfig config) {
            return new CelsiusSerializer(greedy);
        }

        @Override
        public boolean canEqual(Object other) {
            return other instanceof CelsiusInfo;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof CelsiusInfo that && greedy == that.greedy;
        }

        @Override
        public int hashCode() {
            return 7;
        }

        @Override
        public String toString() {
            return "Celsius";
        }
    }

    /** Has state, so that it must be used by one thread at a time. */
    public static final class CelsiusSerializer extends TypeSerializer<Celsius> {
        private static final long serialVersionUID = 1L;

        private final boolean greedy;
        private transient Thread inside;

        CelsiusSerializer(boolean greedy) {
            this.greedy = greedy;
        }

        @Override
        public boolean isImmutableType() {
            return false;
        }

        @Override
        public TypeSerializer<Celsius> duplicate() {
            return new CelsiusSerializer(greedy);
        }

        @Override
        public Celsius createInstance() {
            return new Celsius(0, "");
        }

        @Override
        public Celsius copy(Celsius from) {
            return new Celsius(from.degrees, from.from);
        }

        @Override
        public Celsius copy(Celsius from, Celsius reuse) {
            return copy(from);
        }

        @Override
        public int getLength() {
            return -1;
        }

        @Override
        public void serialize(Celsius record, DataOutputView target) throws IOException {
            if (inside != null) {
                throw new IllegalStateException("used by " + inside);
            }
            inside = Thread.currentThread();
            target.writeDouble(record.degrees);
            target.writeUTF(record.from);
            inside = null;
        }

        @Override
        public Celsius deserialize(DataInputView source) throws IOException {
            Celsius read = new Celsius(source.readDouble(), source.readUTF());
            if (greedy) {
                source.readByte();
            }
            return read;
        }

        @Override
        public Celsius deserialize(Celsius reuse, DataInputView source) throws IOException {
            return deserialize(source);
        }

        @Override
        public void copy(DataInputView source, DataOutputView target) throws IOException {
            serialize(deserialize(source), target);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof CelsiusSerializer;
        }

        @Override
        public int hashCode() {
            return 8;
        }

        @Override
        public TypeSerializerSnapshot<Celsius> snapshotConfiguration() {
            return new CelsiusSnapshot();
        }
    }

    public static final class CelsiusSnapshot extends SimpleTypeSerializerSnapshot<Celsius> {
        public CelsiusSnapshot() {
            super(() -> new CelsiusSerializer(false));
        }
    }

    private static final Celsius WARM = new Celsius(20.5, "kitchen");

    private static Object roundTrip(Serializer<Object> serializer, Object value) {
        BinaryWriter out = new BinaryWriter(16);
        serializer.write(value, out);
        return new BinaryReader(out.toByteArray()).readWhole(serializer);
    }

    record Reading(String room, Celsius celsius, List<Celsius> before) {}

    @Test
    void isUsedForTheRecordsOfAStream() {
        Serializer<Object> serializer = Serializers.of(new CelsiusInfo(false), LOADER);
        assertThat(roundTrip(serializer, WARM)).isEqualTo(WARM).isNotSameAs(WARM);
        assertThat(serializer.copy(WARM)).isEqualTo(WARM).isNotSameAs(WARM);
        assertThat(serializer.immutable()).isFalse();
    }

    @Test
    void isUsedForPartsOfOtherRecords() {
        Reading reading = new Reading("kitchen", WARM, List.of(WARM, new Celsius(1, "")));
        Serializer<Object> serializer = Serializers.of(TypeInformation.of(Reading.class), LOADER);
        assertThat(roundTrip(serializer, reading)).isEqualTo(reading);
        assertThat(roundTrip(serializer, new Reading("x", null, null)))
                .isEqualTo(new Reading("x", null, null));
    }

    @Test
    void isUsedForValuesThatAreFoundAtRunTime() {
        Serializer<Object> serializer = Serializers.of(null, LOADER);
        assertThat(roundTrip(serializer, Tuple2.of(WARM, 1))).isEqualTo(Tuple2.of(WARM, 1));
    }

    @Test
    void isUsedInsideTheSerializerOfADescription() throws Exception {
        TypeSerializer<Tuple2<Celsius, String>> serializer =
                Types.<Tuple2<Celsius, String>>TUPLE(new CelsiusInfo(false), Types.STRING)
                        .createSerializer(new io.millrace.api.serialization.SerializerSettings());
        assertThat(TypeSerializers.roundTrip(serializer, Tuple2.of(WARM, "x")))
                .isEqualTo(Tuple2.of(WARM, "x"));
    }

    @Test
    void isDuplicatedForEachThread() throws Exception {
        Serializer<Object> serializer = Serializers.of(new CelsiusInfo(false), LOADER);
        List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread thread =
                    new Thread(
                            () -> {
                                for (int j = 0; j < 2000; j++) {
                                    roundTrip(serializer, new Celsius(j, "thread"));
                                }
                            });
            thread.setUncaughtExceptionHandler((t, e) -> failures.add(e));
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures).isEmpty();
    }

    @Test
    void mayNotReadBeyondItsValue() {
        Serializer<Object> greedy = Serializers.of(new CelsiusInfo(true), LOADER);
        BinaryWriter out = new BinaryWriter(16);
        greedy.write(WARM, out);
        out.writeLong(1); // what follows is of others
        assertThatThrownBy(() -> greedy.read(new BinaryReader(out.toByteArray())))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("CelsiusSerializer");
    }

    @Test
    void isReadBackByItsStoredSnapshot() {
        Serializer<Object> serializer = Serializers.of(TypeInformation.of(Reading.class), LOADER);
        BinaryWriter out = new BinaryWriter(16);
        out.attach(WriterStructures.selfDescribing());
        serializer.write(new Reading("a", WARM, null), out);
        WrittenSchema stored = WrittenSchema.parse(WrittenSchema.of(serializer).toBytes());
        Serializer<Object> reader =
                new JobSerializers(LOADER).readerOf(stored, TypeInformation.of(Reading.class));
        assertThat(new BinaryReader(out.toByteArray()).readWhole(reader))
                .isEqualTo(new Reading("a", WARM, null));
    }
}
