package io.millrace.connector.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.function.MapFunction;
import io.millrace.api.serialization.DataInputDeserializer;
import io.millrace.api.serialization.DataOutputSerializer;
import io.millrace.api.serialization.SerializerSettings;
import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.serialization.TypeSerializerSchemaCompatibility;
import io.millrace.api.serialization.TypeSerializerSnapshot;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.CompositeType;
import io.millrace.api.type.TypeExtractor;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.serde.Serializers;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

class AvroTypesTest {
    private static final SerializerSettings SETTINGS = new SerializerSettings();
    private static final Reading WARM = new Reading("kitchen", 20.5, "C");
    private static final Schema YESTERDAY =
            new Schema.Parser()
                    .parse(
                            "{\"type\":\"record\",\"name\":\"Reading\","
                                    + "\"namespace\":\"io.millrace.connector.avro\",\"fields\":["
                                    + "{\"name\":\"removed\",\"type\":\"int\"},"
                                    + "{\"name\":\"room\",\"type\":\"string\"},"
                                    + "{\"name\":\"degrees\",\"type\":\"float\"}]}");

    /** What an older release stored: class and schema of yesterday, in version 1. */
    private static final String GOLDEN_RECORD = "02" + "0e6b69746368656e" + "0000a441";

    private static GenericRecord yesterdays() {
        GenericRecord record = new GenericData.Record(YESTERDAY);
        record.put("removed", 1);
        record.put("room", "kitchen");
        record.put("degrees", 20.5f);
        return record;
    }

    private static <T> byte[] write(TypeSerializer<T> serializer, T value) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(value, out);
        return out.getCopyOfBuffer();
    }

    private static <T> T read(TypeSerializer<T> serializer, byte[] bytes) throws IOException {
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        T value = serializer.deserialize(in);
        assertThat(in.available()).isZero();
        return value;
    }

    private static Object throughTheEngine(TypeInformation<?> type, Object value) {
        Serializer<Object> serializer = Serializers.of(type, AvroTypesTest.class.getClassLoader());
        BinaryWriter out = new BinaryWriter(64);
        serializer.write(value, out);
        Object read = new BinaryReader(out.toByteArray()).readWhole(serializer);
        assertThat(serializer.copy(value)).isEqualTo(value).isNotSameAs(value);
        return read;
    }

    @Test
    void generatedClassesAreFoundByThemselves() {
        TypeInformation<Reading> type = TypeInformation.of(Reading.class);
        assertThat(type).isInstanceOf(AvroTypeInfo.class);
        assertThat(((CompositeType<?>) type).getFieldNames())
                .containsExactly("degrees", "room", "unit");
        assertThat((Object) ((CompositeType<?>) type).getTypeAt("room")).isEqualTo(Types.STRING);
    }

    @Test
    void generatedClassesAreFoundInTheResultOfAFunction() {
        MapFunction<String, Tuple2<Reading, Long>> function =
                new MapFunction<>() {
                    @Override
                    public Tuple2<Reading, Long> map(String value) {
                        return Tuple2.of(new Reading(value, 1, "C"), 1L);
                    }
                };
        assertThat((Object) TypeExtractor.getMapReturnTypes(function, Types.STRING))
                .isEqualTo(Types.TUPLE(new AvroTypeInfo<>(Reading.class), Types.LONG));
    }

    @Test
    void theEngineWritesGeneratedClassesByAvro() {
        assertThat(throughTheEngine(TypeInformation.of(Reading.class), WARM)).isEqualTo(WARM);
        assertThat(
                        throughTheEngine(
                                Types.TUPLE(Types.STRING, TypeInformation.of(Reading.class)),
                                Tuple2.of("a", WARM)))
                .isEqualTo(Tuple2.of("a", WARM));
    }

    @Test
    void theEngineFindsGeneratedClassesAtRunTime() {
        assertThat(throughTheEngine(null, Tuple2.of(WARM, 1))).isEqualTo(Tuple2.of(WARM, 1));
        assertThat(throughTheEngine(null, List.of(WARM))).isEqualTo(List.of(WARM));
    }

    @Test
    void genericRecordsGoByTheirSchema() {
        assertThat(throughTheEngine(new GenericRecordAvroTypeInfo(YESTERDAY), yesterdays()))
                .hasToString(yesterdays().toString());
    }

    @Test
    void genericRecordsWithoutATypeBringTheirSchema() {
        Object read = throughTheEngine(null, Tuple2.of(yesterdays(), 1));
        assertThat(read).hasToString(Tuple2.of(yesterdays(), 1).toString());
        assertThat(TypeInformation.of(GenericRecord.class)).hasToString("GenericRecord");
    }

    @Test
    void theFormOfARecordIsAvros() throws IOException {
        byte[] bytes = write(AvroSerializer.ofGeneric(YESTERDAY), yesterdays());
        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(GOLDEN_RECORD);
    }

    @Test
    void dataOfYesterdaysSchemaIsReadIntoTodaysClass() throws IOException {
        TypeSerializer<Reading> yesterday =
                new AvroSerializer<>(Reading.class, YESTERDAY, YESTERDAY);
        TypeSerializerSnapshot<Reading> stored = stored(yesterday);
        Reading expected = new Reading("kitchen", 20.5, "C");
        byte[] bytes = HexFormat.of().parseHex(GOLDEN_RECORD);
        assertThat(read(stored.restoreSerializer(), bytes)).isEqualTo(expected);

        TypeSerializerSchemaCompatibility<Reading> answer =
                TypeInformation.of(Reading.class)
                        .createSerializer(SETTINGS)
                        .snapshotConfiguration()
                        .resolveSchemaCompatibility(stored);
        assertThat(answer.isCompatibleWithReconfiguredSerializer()).isTrue();
        assertThat(read(answer.getReconfiguredSerializer(), bytes)).isEqualTo(expected);
    }

    private static <T> TypeSerializerSnapshot<T> stored(TypeSerializer<T> serializer)
            throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer.snapshotConfiguration());
        return TypeSerializerSnapshot.readVersionedSnapshot(
                new DataInputDeserializer(out.getCopyOfBuffer()),
                AvroTypesTest.class.getClassLoader());
    }

    @Test
    void saysThatAnIncompatibleSchemaIsOne() throws IOException {
        Schema other =
                new Schema.Parser()
                        .parse(
                                "{\"type\":\"record\",\"name\":\"Reading\","
                                        + "\"namespace\":\"io.millrace.connector.avro\",\"fields\":["
                                        + "{\"name\":\"room\",\"type\":\"boolean\"}]}");
        TypeSerializerSnapshot<GenericRecord> stored = stored(AvroSerializer.ofGeneric(other));
        assertThat(
                        AvroSerializer.ofGeneric(YESTERDAY)
                                .snapshotConfiguration()
                                .resolveSchemaCompatibility(stored)
                                .isIncompatible())
                .isTrue();
    }

    @Test
    void saysWhichSchemaARecordDoesNotFit() {
        GenericRecord empty = new GenericData.Record(YESTERDAY);
        assertThatThrownBy(() -> write(AvroSerializer.ofGeneric(YESTERDAY), empty))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("io.millrace.connector.avro.Reading");
    }

    @Test
    void duplicatesDoNotShareState() {
        TypeSerializer<Reading> serializer =
                TypeInformation.of(Reading.class).createSerializer(SETTINGS);
        assertThat(serializer.duplicate()).isEqualTo(serializer).isNotSameAs(serializer);
    }
}
