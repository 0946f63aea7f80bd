package io.millrace.runtime.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.tuple.Tuple;
import io.millrace.api.type.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Laws that hold for all schemas, on random ones from a seed. */
class SchemaPropertiesTest {
    private static final int SCHEMAS = 150;
    private static final int VALUES = 5;
    private static final Scalar[] SCALARS = {
        Scalar.BYTE, Scalar.SHORT, Scalar.INT, Scalar.LONG, Scalar.FLOAT, Scalar.STRING, Scalar.CHAR
    };

    private final SerializerCompiler compiler =
            new SerializerCompiler(SchemaPropertiesTest.class.getClassLoader());

    /** What is made from one seed. */
    private record Making(Random random) {
        Schema schema(int depth) {
            int kind = depth == 0 ? 0 : random.nextInt(8);
            return switch (kind) {
                case 1 ->
                        new Schema.Sequence(
                                random.nextBoolean()
                                        ? Schema.SequenceForm.LIST
                                        : Schema.SequenceForm.LINKED_LIST,
                                schema(depth - 1));
                case 2 ->
                        new Schema.Mapping(
                                Schema.MappingForm.MAP,
                                new Schema.ScalarOf(Scalar.STRING),
                                schema(depth - 1));
                case 3 -> new Schema.OptionalOf(schema(depth - 1));
                case 4 -> {
                    int arity = 1 + random.nextInt(4);
                    List<Schema> fields = new ArrayList<>();
                    for (int i = 0; i < arity; i++) {
                        fields.add(schema(depth - 1));
                    }
                    yield FoundSchema.tuple(arity, fields::get);
                }
                case 5, 6, 7 -> row(depth);
                default -> new Schema.ScalarOf(SCALARS[random.nextInt(SCALARS.length)]);
            };
        }

        Schema.RowOf row(int depth) {
            List<Schema.Field> fields = new ArrayList<>();
            for (int i = random.nextInt(12); i > 0; i--) {
                fields.add(new Schema.Field("n" + i, true, schema(depth - 1)));
            }
            return new Schema.RowOf(true, fields);
        }

        Object value(Schema schema) {
            return switch (schema.kind()) {
                case SCALAR ->
                        switch (((Schema.ScalarOf) schema).type()) {
                            case BYTE -> (byte) random.nextInt();
                            case SHORT -> (short) random.nextInt();
                            case INT -> random.nextInt();
                            case LONG -> random.nextLong();
                            case FLOAT -> random.nextFloat();
                            case CHAR -> (char) random.nextInt();
                            default -> "s" + random.nextInt(1000);
                        };
                case SEQUENCE -> {
                    Schema.Sequence sequence = (Schema.Sequence) schema;
                    Collection<Object> values = sequence.form().make.apply(0);
                    for (int i = random.nextInt(4); i > 0; i--) {
                        values.add(orNull(sequence.element()));
                    }
                    yield values;
                }
                case MAPPING -> {
                    Map<Object, Object> values = new LinkedHashMap<>();
                    for (int i = random.nextInt(4); i > 0; i--) {
                        values.put("k" + i, orNull(((Schema.Mapping) schema).value()));
                    }
                    yield values;
                }
                case OPTIONAL ->
                        random.nextBoolean()
                                ? Optional.empty()
                                : Optional.of(value(((Schema.OptionalOf) schema).value()));
                case STRUCT -> {
                    List<Schema.Field> fields = ((Schema.Struct) schema).fields();
                    Tuple tuple = Tuple.newInstance(fields.size());
                    for (int i = 0; i < fields.size(); i++) {
                        tuple.setField(orNull(fields.get(i).schema()), i);
                    }
                    yield tuple;
                }
                case ROW -> {
                    List<Schema.Field> fields = ((Schema.RowOf) schema).fields();
                    Row row = Row.withPositions(fields.size());
                    for (int i = 0; i < fields.size(); i++) {
                        row.setField(i, orNull(fields.get(i).schema()));
                    }
                    yield row;
                }
                default -> throw new AssertionError(schema.kind());
            };
        }

        Object orNull(Schema schema) {
            return random.nextInt(4) == 0 ? null : value(schema);
        }

        /** A later version: rows with fields added, removed and in another order; wider numbers. */
        Schema later(Schema schema) {
            return switch (schema.kind()) {
                case SCALAR -> {
                    List<Scalar> wider = new ArrayList<>();
                    for (Scalar to : Scalar.values()) {
                        if (Widening.of(((Schema.ScalarOf) schema).type(), to) != null) {
                            wider.add(to);
                        }
                    }
                    yield new Schema.ScalarOf(wider.get(random.nextInt(wider.size())));
                }
                case SEQUENCE ->
                        new Schema.Sequence(
                                ((Schema.Sequence) schema).form(),
                                later(((Schema.Sequence) schema).element()));
                case MAPPING -> {
                    Schema.Mapping mapping = (Schema.Mapping) schema;
                    yield new Schema.Mapping(mapping.form(), mapping.key(), later(mapping.value()));
                }
                case OPTIONAL -> new Schema.OptionalOf(later(((Schema.OptionalOf) schema).value()));
                case STRUCT -> {
                    List<Schema.Field> fields = ((Schema.Struct) schema).fields();
                    yield FoundSchema.tuple(fields.size(), i -> later(fields.get(i).schema()));
                }
                case ROW -> {
                    List<Schema.Field> fields = new ArrayList<>();
                    for (Schema.Field field : ((Schema.RowOf) schema).fields()) {
                        if (random.nextInt(4) > 0) {
                            fields.add(new Schema.Field(field.name(), true, later(field.schema())));
                        }
                    }
                    if (random.nextBoolean()) {
                        fields.add(new Schema.Field("added", true, schema(1)));
                    }
                    Collections.shuffle(fields, random);
                    yield new Schema.RowOf(true, fields);
                }
                default -> throw new AssertionError(schema.kind());
            };
        }
    }

    /** What a value of the one schema is in the other; written without any serializer. */
    private static Object expected(Object value, Schema was, Schema is) {
        if (value == null) {
            return null;
        }
        return switch (is.kind()) {
            case SCALAR ->
                    Widening.of(((Schema.ScalarOf) was).type(), ((Schema.ScalarOf) is).type())
                            .apply(value);
            case SEQUENCE -> {
                List<Object> values = new ArrayList<>();
                for (Object one : (Collection<?>) value) {
                    values.add(
                            expected(
                                    one,
                                    ((Schema.Sequence) was).element(),
                                    ((Schema.Sequence) is).element()));
                }
                yield values;
            }
            case MAPPING -> {
                Map<Object, Object> values = new HashMap<>();
                ((Map<?, ?>) value)
                        .forEach(
                                (k, v) ->
                                        values.put(
                                                k,
                                                expected(
                                                        v,
                                                        ((Schema.Mapping) was).value(),
                                                        ((Schema.Mapping) is).value())));
                yield values;
            }
            case OPTIONAL ->
                    ((Optional<?>) value)
                            .map(
                                    one ->
                                            expected(
                                                    one,
                                                    ((Schema.OptionalOf) was).value(),
                                                    ((Schema.OptionalOf) is).value()));
            case STRUCT -> {
                Tuple tuple = ((Tuple) value).copy();
                for (int i = 0; i < tuple.getArity(); i++) {
                    tuple.setField(
                            expected(
                                    ((Tuple) value).getField(i),
                                    ((Schema.Struct) was).fields().get(i).schema(),
                                    ((Schema.Struct) is).fields().get(i).schema()),
                            i);
                }
                yield tuple;
            }
            case ROW -> {
                List<Schema.Field> before = ((Schema.RowOf) was).fields();
                List<Schema.Field> after = ((Schema.RowOf) is).fields();
                Row row = Row.withPositions(after.size());
                for (int i = 0; i < after.size(); i++) {
                    for (int j = 0; j < before.size(); j++) {
                        if (before.get(j).name().equals(after.get(i).name())) {
                            row.setField(
                                    i,
                                    expected(
                                            ((Row) value).getField(j),
                                            before.get(j).schema(),
                                            after.get(i).schema()));
                        }
                    }
                }
                yield row;
            }
            default -> throw new AssertionError(is.kind());
        };
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 20261125})
    void aLaterVersionReadsWhatAnEarlierOneWrote(long seed) {
        Making making = new Making(new Random(seed));
        for (int i = 0; i < SCHEMAS; i++) {
            Schema was = making.row(3);
            Schema is = making.later(was);
            Serializer<Object> writer = compiler.compile(was);
            Serializer<Object> reader = Evolution.reader(Written.of(was), is, compiler);
            for (int j = 0; j < VALUES; j++) {
                Object value = making.value(was);
                BinaryWriter out = new BinaryWriter(64);
                writer.write(value, out);
                assertThat(new BinaryReader(out.toByteArray()).readWhole(reader))
                        .as("seed %d: %s as %s", seed, was.text(), is.text())
                        .isEqualTo(expected(value, was, is));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 20261125})
    void skippingEndsWhereReadingEnds(long seed) {
        Making making = new Making(new Random(seed));
        for (int i = 0; i < SCHEMAS; i++) {
            Schema schema = making.schema(3);
            ValueReader skipper = new SkippedForms(compiler).of(Written.of(schema), null);
            BinaryWriter out = new BinaryWriter(64);
            compiler.<Object>compile(schema).write(making.value(schema), out);
            out.writeByte(77);
            BinaryReader in = new BinaryReader(out.toByteArray());
            skipper.read(in);
            assertThat(in.remaining()).as("seed %d: %s", seed, schema.text()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 20261125})
    void aWrittenSchemaIsReadBack(long seed) {
        Making making = new Making(new Random(seed));
        for (int i = 0; i < SCHEMAS; i++) {
            Written written = Written.of(making.schema(4));
            WrittenSchema schema = new WrittenSchema(written);
            assertThat(WrittenSchema.parse(schema.toBytes()).root()).isEqualTo(written);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 20261125})
    void damagedSchemasEndInAnErrorOrInAnotherSchema(long seed) {
        Random random = new Random(seed);
        Making making = new Making(random);
        for (int i = 0; i < SCHEMAS * 10; i++) {
            byte[] bytes = new WrittenSchema(Written.of(making.schema(3))).toBytes();
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            try {
                WrittenSchema.parse(bytes);
            } catch (CorruptDataException e) {
                assertThat(e).hasMessageNotContaining("null");
            }
        }
    }
}
