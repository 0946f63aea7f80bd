package io.millrace.savepoint;

import io.millrace.runtime.serde.PlainValues.Case;
import io.millrace.runtime.serde.PlainValues.Found;
import io.millrace.runtime.serde.PlainValues.Pair;
import io.millrace.runtime.serde.PlainValues.PlainRow;
import io.millrace.runtime.serde.Scalar;
import io.millrace.runtime.serde.Schema;
import io.millrace.runtime.serde.Written;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/** Written forms of all kinds and values of them, from a seed; the awkward ones are frequent. */
final class RandomForms {
    private static final int DEPTH = 3;
    private static final Instant[] AWKWARD = {
        Instant.MIN, Instant.MAX, Instant.EPOCH, Instant.ofEpochSecond(-1, 1)
    };

    private final Random random;
    private final boolean lists;

    RandomForms(long seed) {
        this(seed, true);
    }

    /**
     * @param lists whether forms may have lists, maps and arrays that become repeated columns
     */
    RandomForms(long seed, boolean lists) {
        this.random = new Random(seed);
        this.lists = lists;
    }

    Written form() {
        return form(DEPTH, 0);
    }

    /**
     * @param enclosing structs and unions around it
     */
    private Written form(int depth, int enclosing) {
        int kind = depth <= 0 ? 0 : random.nextInt(16);
        return switch (kind >= 6 && kind <= 9 && !lists ? 2 : kind) {
            case 1 -> new Written.EnumOf("com.x.Colour", List.of("RED", "GREEN", "BLUE"));
            case 2, 3, 4 -> struct(depth, enclosing);
            case 5 -> union(depth, enclosing);
            case 6, 7 -> new Written.Sequence(Schema.SequenceForm.LIST, form(depth - 1, enclosing));
            case 8 ->
                    new Written.Mapping(
                            Schema.MappingForm.HASH_MAP,
                            form(depth - 1, enclosing),
                            form(depth - 1, enclosing));
            case 9 -> new Written.ArrayOf("com.x.Thing", form(depth - 1, enclosing));
            case 10 -> new Written.OptionalOf(form(depth - 1, enclosing));
            case 11 -> new Written.Open("com.x.Base", struct(depth, enclosing));
            case 12 -> new Written.Any();
            case 13 -> new Written.RowOf(true, fields(depth, enclosing));
            case 14 -> new Written.RowOf(false, List.of());
            case 15 -> new Written.Custom("com.x.Own", new Written.Bytes(new byte[] {1, 2}));
            default -> new Written.ScalarOf(scalar());
        };
    }

    private Scalar scalar() {
        Scalar scalar = Scalar.values()[random.nextInt(Scalar.values().length)];
        boolean list = scalar.type().isArray() && scalar != Scalar.BYTES && scalar != Scalar.CHARS;
        return list && !lists ? Scalar.STRING : scalar;
    }

    private Written.Struct struct(int depth, int enclosing) {
        List<Written.Field> fields = new ArrayList<>(fields(depth, enclosing + 1));
        if (random.nextInt(6) == 0) {
            fields.add(
                    new Written.Field(
                            "around", true, new Written.Enclosing(random.nextInt(enclosing + 1))));
        }
        return new Written.Struct(Schema.Form.POJO, "com.x.Record" + depth, fields);
    }

    private List<Written.Field> fields(int depth, int enclosing) {
        List<Written.Field> fields = new ArrayList<>();
        int count = random.nextInt(12) == 0 ? 40 : random.nextInt(5);
        for (int i = 0; i < count; i++) {
            // Two names that differ in case only.
            String name = i == 3 ? "F0" : "f" + i;
            fields.add(
                    new Written.Field(
                            name,
                            random.nextInt(3) > 0,
                            form(count > 5 ? 0 : depth - 1, enclosing)));
        }
        return fields;
    }

    private Written union(int depth, int enclosing) {
        List<Written> cases = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            cases.add(
                    random.nextInt(3) == 0
                            ? new Written.EnumOf("com.x.Only" + i, List.of("ONE"))
                            : struct(depth - 1, enclosing + 1));
        }
        return new Written.Union("com.x.Shape", cases);
    }

    Object value(Written written) {
        return value(written, new ArrayList<>(), 0);
    }

    private Object orNull(Written written, List<Written> around, int depth) {
        return random.nextInt(4) == 0 ? null : value(written, around, depth);
    }

    private Object value(Written written, List<Written> around, int depth) {
        return switch (written.kind()) {
            case SCALAR -> scalar(((Written.ScalarOf) written).type());
            case ENUM -> {
                List<String> constants = ((Written.EnumOf) written).constants();
                yield constants.get(random.nextInt(constants.size()));
            }
            case STRUCT -> {
                around.add(written);
                Object[] fields = fields(((Written.Struct) written).fields(), around, depth);
                around.remove(around.size() - 1);
                yield fields;
            }
            case UNION -> {
                Written.Union union = (Written.Union) written;
                int index = random.nextInt(union.cases().size());
                around.add(written);
                Object value = value(union.cases().get(index), around, depth);
                around.remove(around.size() - 1);
                yield new Case(index, value);
            }
            case SEQUENCE -> list(((Written.Sequence) written).element(), around, depth);
            case ARRAY -> list(((Written.ArrayOf) written).element(), around, depth);
            case MAPPING -> {
                Written.Mapping mapping = (Written.Mapping) written;
                List<Object> pairs = new ArrayList<>();
                for (int i = random.nextInt(3); i > 0; i--) {
                    pairs.add(
                            new Pair(
                                    random.nextInt(10) == 0
                                            ? null
                                            : value(mapping.key(), around, depth),
                                    orNull(mapping.value(), around, depth)));
                }
                yield pairs;
            }
            case OPTIONAL ->
                    Optional.ofNullable(
                            orNull(((Written.OptionalOf) written).value(), around, depth));
            case OPEN ->
                    random.nextInt(4) == 0
                            ? found()
                            : value(((Written.Open) written).exact(), around, depth);
            case ANY -> found();
            case ENCLOSING -> {
                int place = around.size() - 1 - ((Written.Enclosing) written).levels();
                yield value(
                        around.get(place), new ArrayList<>(around.subList(0, place)), depth + 1);
            }
            case ROW -> {
                Written.RowOf row = (Written.RowOf) written;
                if (row.known()) {
                    Object[] values = new Object[row.fields().size()];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = orNull(row.fields().get(i).written(), around, depth);
                    }
                    yield new PlainRow(random.nextInt(4), null, values);
                }
                yield new PlainRow(0, List.of("a"), new Object[] {found()});
            }
            case CUSTOM -> new byte[] {3, (byte) random.nextInt()};
        };
    }

    private Object[] fields(List<Written.Field> fields, List<Written> around, int depth) {
        Object[] values = new Object[fields.size()];
        for (int i = 0; i < values.length; i++) {
            Written.Field field = fields.get(i);
            boolean absent =
                    field.nullable()
                            && (random.nextInt(4) == 0
                                    || field.written() instanceof Written.Enclosing && depth > 2);
            values[i] = absent ? null : value(field.written(), around, depth);
        }
        return values;
    }

    private List<Object> list(Written element, List<Written> around, int depth) {
        List<Object> values = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            values.add(orNull(element, around, depth));
        }
        return values;
    }

    private Found found() {
        Written form = form(1, 0);
        while (form.kind() == Schema.Kind.ANY || form.kind() == Schema.Kind.OPEN) {
            form = form(1, 0);
        }
        return new Found(form, value(form));
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int size = random.nextInt(8); size > 0; size--) {
            switch (random.nextInt(6)) {
                case 0 -> text.append((char) random.nextInt(0x10000)); // half pairs too
                case 1 -> text.appendCodePoint(0x1F600 + random.nextInt(40));
                default -> text.append((char) ('a' + random.nextInt(26)));
            }
        }
        return text.toString();
    }

    private Instant instant() {
        return switch (random.nextInt(4)) {
            case 0 -> AWKWARD[random.nextInt(AWKWARD.length)];
            case 1 -> Instant.ofEpochMilli(random.nextLong() >> 20);
            default -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
        };
    }

    private LocalDateTime local() {
        return LocalDateTime.ofEpochSecond(
                random.nextLong() >> 30, random.nextInt(1_000_000_000), ZoneOffset.UTC);
    }

    private Object scalar(Scalar scalar) {
        return switch (scalar) {
            case BOOLEAN -> random.nextBoolean();
            case BYTE -> (byte) random.nextInt();
            case SHORT -> (short) random.nextInt();
            case CHAR -> (char) random.nextInt();
            case INT -> random.nextInt();
            case LONG -> random.nextLong();
            case FLOAT -> random.nextFloat();
            case DOUBLE -> random.nextInt(4) == 0 ? -0.0 : random.nextGaussian();
            case STRING -> text();
            case BOOLEANS -> new boolean[] {true, random.nextBoolean()};
            case BYTES -> text().getBytes(java.nio.charset.StandardCharsets.UTF_16);
            case SHORTS -> new short[] {(short) random.nextInt()};
            case CHARS -> text().toCharArray();
            case INTS -> random.ints(random.nextInt(3)).toArray();
            case LONGS -> random.longs(random.nextInt(3)).toArray();
            case FLOATS -> new float[] {random.nextFloat()};
            case DOUBLES -> random.doubles(random.nextInt(3)).toArray();
            case BIG_INTEGER -> new BigInteger(random.nextInt(200), random);
            case BIG_DECIMAL ->
                    new BigDecimal(
                            new BigInteger(random.nextInt(140), random).negate(),
                            random.nextInt(5) == 0 ? random.nextInt() : random.nextInt(40) - 10);
            case UUID -> new UUID(random.nextLong(), random.nextLong());
            case INSTANT -> instant();
            case LOCAL_DATE ->
                    random.nextInt(5) == 0
                            ? LocalDate.MAX
                            : LocalDate.ofEpochDay(random.nextInt(1 << 28));
            case LOCAL_TIME -> LocalTime.ofNanoOfDay(random.nextInt(Integer.MAX_VALUE) * 30L);
            case LOCAL_DATE_TIME -> random.nextInt(5) == 0 ? LocalDateTime.MIN : local();
            case OFFSET_DATE_TIME ->
                    local().atOffset(ZoneOffset.ofTotalSeconds(random.nextInt(60_000)));
            case ZONED_DATE_TIME ->
                    random.nextBoolean()
                            ? local().atZone(ZoneId.of("Asia/Tokyo"))
                            // The hour that there is twice, the second time.
                            : ZonedDateTime.ofLocal(
                                    LocalDateTime.of(2026, 10, 25, 2, 30),
                                    ZoneId.of("Europe/Zurich"),
                                    ZoneOffset.ofHours(1));
            case ZONE_ID -> random.nextBoolean() ? ZoneId.of("Asia/Tokyo") : ZoneOffset.ofHours(3);
            case DURATION -> Duration.ofSeconds(random.nextInt(), random.nextInt(1_000_000_000));
            case PERIOD -> Period.of(random.nextInt(100), -random.nextInt(100), random.nextInt());
            case YEAR -> Year.of(random.nextInt(10_000));
            case DATE -> new Date(random.nextLong());
            case SQL_DATE -> new java.sql.Date(random.nextLong());
            case SQL_TIME -> new java.sql.Time(random.nextLong());
            case SQL_TIMESTAMP -> {
                Timestamp at = new Timestamp(random.nextLong() >> 20);
                at.setNanos(random.nextInt(1_000_000_000));
                yield at;
            }
        };
    }
}
