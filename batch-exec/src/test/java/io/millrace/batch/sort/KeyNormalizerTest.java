package io.millrace.batch.sort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import io.millrace.runtime.serde.Scalar;
import io.millrace.runtime.serde.Schema;
import io.millrace.runtime.serde.Serializers;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyNormalizerTest {
    enum Colour {
        RED,
        GREEN,
        BLUE
    }

    record Place(String town, int number, Double height) {}

    record Version(int major) implements Comparable<Version> {
        @Override
        public int compareTo(Version other) {
            return Integer.compare(other.major, major);
        }
    }

    static final class Order {
        public String user;
        public long id;

        @Override
        public String toString() {
            return user + "/" + id;
        }
    }

    /** A type with a generator of values, many of them close to each other. */
    enum Sample {
        BOOLEAN(Scalar.BOOLEAN, Random::nextBoolean),
        BYTE(Scalar.BYTE, random -> (byte) random.nextInt()),
        SHORT(Scalar.SHORT, random -> (short) random.nextInt()),
        CHAR(Scalar.CHAR, random -> (char) random.nextInt()),
        INT(Scalar.INT, random -> random.nextBoolean() ? random.nextInt() : random.nextInt(3) - 1),
        LONG(Scalar.LONG, Sample::number),
        FLOAT(
                Scalar.FLOAT,
                random ->
                        random.nextInt(3) == 0
                                ? List.of(
                                                -0f,
                                                0f,
                                                Float.NaN,
                                                Float.POSITIVE_INFINITY,
                                                Float.NEGATIVE_INFINITY,
                                                Float.MIN_VALUE)
                                        .get(random.nextInt(6))
                                : Float.intBitsToFloat(random.nextInt())),
        DOUBLE(
                Scalar.DOUBLE,
                random ->
                        random.nextInt(3) == 0
                                ? List.of(
                                                -0d,
                                                0d,
                                                Double.NaN,
                                                Double.POSITIVE_INFINITY,
                                                Double.NEGATIVE_INFINITY,
                                                -Double.MIN_VALUE)
                                        .get(random.nextInt(6))
                                : Double.longBitsToDouble(random.nextLong())),
        STRING(Scalar.STRING, random -> text(random, 14)),
        LONG_STRING(Scalar.STRING, random -> "the same beginning".repeat(5) + text(random, 3)),
        BYTES(
                Scalar.BYTES,
                random -> {
                    byte[] bytes = new byte[random.nextInt(12)];
                    for (int i = 0; i < bytes.length; i++) {
                        bytes[i] = new byte[] {0, -1, 1, 127, -128}[random.nextInt(5)];
                    }
                    return bytes;
                }),
        BIG_INTEGER(
                Scalar.BIG_INTEGER,
                random -> {
                    BigInteger number = new BigInteger(random.nextInt(1200), random);
                    if (random.nextInt(4) == 0) {
                        number = BigInteger.valueOf(random.nextInt(600) - 300);
                    }
                    return random.nextBoolean() ? number : number.negate();
                }),
        BIG_DECIMAL(
                Scalar.BIG_DECIMAL,
                random ->
                        random.nextInt(3) == 0
                                ? new BigDecimal(
                                        new BigInteger(random.nextInt(90), random),
                                        random.nextInt(40) - 20)
                                : BigDecimal.valueOf(random.nextInt(400) - 200, 1)),
        UUID(Scalar.UUID, random -> new UUID(number(random), number(random))),
        INSTANT(
                Scalar.INSTANT,
                random ->
                        random.nextInt(8) == 0
                                ? List.of(Instant.MIN, Instant.MAX, Instant.EPOCH)
                                        .get(random.nextInt(3))
                                : Instant.ofEpochSecond(
                                        random.nextInt(5) - 2, random.nextInt(1_000_000_000))),
        LOCAL_DATE(
                Scalar.LOCAL_DATE,
                random ->
                        random.nextInt(8) == 0
                                ? List.of(LocalDate.MIN, LocalDate.MAX).get(random.nextInt(2))
                                : LocalDate.ofEpochDay(random.nextInt(1000) - 500)),
        LOCAL_TIME(
                Scalar.LOCAL_TIME,
                random -> LocalTime.ofNanoOfDay((long) (random.nextDouble() * 86_400e9))),
        LOCAL_DATE_TIME(Scalar.LOCAL_DATE_TIME, Sample::local),
        OFFSET_DATE_TIME(
                Scalar.OFFSET_DATE_TIME,
                random -> {
                    OffsetDateTime time =
                            local(random).atOffset(ZoneOffset.ofHours(random.nextInt(9) - 4));
                    return random.nextInt(8) == 0
                            ? List.of(OffsetDateTime.MIN, OffsetDateTime.MAX).get(random.nextInt(2))
                            : time;
                }),
        ZONED_DATE_TIME(
                Scalar.ZONED_DATE_TIME,
                random ->
                        local(random)
                                .atOffset(ZoneOffset.ofHours(random.nextInt(2)))
                                .atZoneSameInstant(
                                        ZoneId.of(
                                                List.of("Europe/Zurich", "Europe/Paris", "UTC", "Z")
                                                        .get(random.nextInt(4))))),
        DURATION(
                Scalar.DURATION,
                random ->
                        random.nextInt(4) == 0
                                ? Duration.ofSeconds(number(random), 1)
                                : Duration.ofNanos(random.nextInt(2000) - 1000)),
        YEAR(Scalar.YEAR, random -> Year.of(random.nextInt(4000) - 2000)),
        DATE(Scalar.DATE, random -> new java.util.Date(number(random))),
        SQL_DATE(Scalar.SQL_DATE, random -> new java.sql.Date(number(random))),
        SQL_TIME(Scalar.SQL_TIME, random -> new java.sql.Time(number(random))),
        SQL_TIMESTAMP(
                Scalar.SQL_TIMESTAMP,
                random -> {
                    var time = new java.sql.Timestamp(random.nextInt(4000) - 2000);
                    time.setNanos(random.nextInt(1_000_000_000));
                    return time;
                }),
        ENUM(TypeInformation.of(Colour.class), random -> Colour.values()[random.nextInt(3)]),
        TUPLE(
                Types.TUPLE(Types.STRING, Types.LONG),
                random ->
                        Tuple2.of(
                                random.nextInt(5) == 0 ? null : text(random, 2),
                                random.nextInt(5) == 0 ? null : number(random))),
        RECORD(
                TypeInformation.of(Place.class),
                random ->
                        new Place(
                                text(random, 2),
                                random.nextInt(3) - 1,
                                random.nextInt(3) == 0 ? null : random.nextInt(3) / 2d)),
        POJO(
                TypeInformation.of(Order.class),
                random -> {
                    Order order = new Order();
                    order.user = random.nextInt(3) == 0 ? null : text(random, 1);
                    order.id = random.nextInt(3) - 1;
                    return order;
                }),
        ROW(
                Types.ROW(Types.INT, Types.STRING),
                random ->
                        io.millrace.api.type.Row.of(
                                random.nextBoolean() ? random.nextInt(2) : null,
                                random.nextBoolean() ? text(random, 2) : null)),
        COMPARABLE(
                TypeInformation.of(Version.class), random -> new Version(random.nextInt(10) - 5)),
        TUPLE_OF_UNDECIDED(
                Types.TUPLE(Types.BIG_DEC, Types.LONG),
                random ->
                        Tuple2.of(
                                new BigDecimal("0.1")
                                        .add(BigDecimal.valueOf(random.nextInt(2), 30)),
                                (long) random.nextInt(3)));

        private final Schema schema;
        private final Function<Random, Object> generator;

        Sample(Scalar scalar, Function<Random, Object> generator) {
            this.schema = new Schema.ScalarOf(scalar);
            this.generator = generator;
        }

        Sample(TypeInformation<?> type, Function<Random, Object> generator) {
            this.schema = Serializers.of(type, Sample.class.getClassLoader()).schema();
            this.generator = generator;
        }

        private static Long number(Random random) {
            return switch (random.nextInt(3)) {
                case 0 -> random.nextLong();
                case 1 -> (long) random.nextInt(3) - 1;
                default -> random.nextBoolean() ? Long.MIN_VALUE : Long.MAX_VALUE;
            };
        }

        private static LocalDateTime local(Random random) {
            return LocalDateTime.ofEpochSecond(
                    random.nextInt(3600 * 8), random.nextInt(2), ZoneOffset.UTC);
        }

        /** Of units around the borders of the forms, halves of surrogate pairs too. */
        private static String text(Random random, int maxLength) {
            char[] units = {0, 1, 'a', 'b', 0x7D, 0x7E, 0x7F, 0x80, 0x7FD, 0x7FE, 0x7FF, 0x800};
            char[] high = {0xD7FF, 0xD800, 0xDBFF, 0xDC00, 0xDFFF, 0xE000, 0xFFFD, 0xFFFE, 0xFFFF};
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(maxLength + 1); i > 0; i--) {
                text.append(
                        random.nextBoolean()
                                ? units[random.nextInt(units.length)]
                                : high[random.nextInt(high.length)]);
            }
            return text.toString();
        }
    }

    /** What the sorter keeps of a key. */
    private record Written(byte[] bytes, boolean undecided) {
        static Written of(KeyNormalizer<Object> order, Object key) {
            KeyWriter out = new KeyWriter();
            out.clear();
            order.write(key, out);
            int kept = KeyWriter.PREFIX_BYTES + out.restLength();
            return new Written(Arrays.copyOf(out.array(), kept), out.undecided());
        }

        int prefixOrder(Written other) {
            return Arrays.compareUnsigned(bytes, 0, 8, other.bytes, 0, 8);
        }

        int order(Written other) {
            return Arrays.compareUnsigned(bytes, other.bytes);
        }
    }

    private static void check(KeyNormalizer<Object> order, Function<Random, Object> generator) {
        Random random = new Random(17);
        List<Object> keys = new ArrayList<>();
        List<Written> written = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            keys.add(generator.apply(random));
            written.add(Written.of(order, keys.get(i)));
        }
        for (int i = 0; i < keys.size(); i++) {
            for (int j = 0; j < keys.size(); j++) {
                int wanted = Integer.signum(order.compare(keys.get(i), keys.get(j)));
                if (!holds(order, wanted, written.get(i), written.get(j))) {
                    fail(keys.get(i) + " and " + keys.get(j) + " compare to " + wanted);
                }
            }
        }
    }

    private static boolean holds(
            KeyNormalizer<Object> order, int wanted, Written one, Written other) {
        int prefix = Integer.signum(one.prefixOrder(other));
        int whole = Integer.signum(one.order(other));
        boolean decided = !one.undecided() && !other.undecided();
        return (prefix == wanted || prefix == 0 && !order.decidesByPrefix())
                && (whole == wanted || whole == 0 && !decided)
                && (whole != 0 || one.undecided() == other.undecided());
    }

    private static Function<Random, Object> orNull(Function<Random, Object> generator) {
        return random -> random.nextInt(5) == 0 ? null : generator.apply(random);
    }

    @ParameterizedTest
    @EnumSource
    void neverContradictsTheOrderOfTheType(Sample sample) {
        check(KeyNormalizers.of(sample.schema), sample.generator);
    }

    @ParameterizedTest
    @EnumSource
    void neverContradictsTheOppositeOrder(Sample sample) {
        KeyNormalizer<Object> order = KeyNormalizers.of(sample.schema);

        check(order.descending(), sample.generator);
    }

    @ParameterizedTest
    @EnumSource
    void neverContradictsTheOrderWithNull(Sample sample) {
        KeyNormalizer<Object> order = KeyNormalizers.of(sample.schema);

        check(order.nullsFirst(), orNull(sample.generator));
        check(order.nullsFirst().descending(), orNull(sample.generator));
    }

    @ParameterizedTest
    @EnumSource
    void saysHowLongKeysGet(Sample sample) {
        KeyNormalizer<Object> order = KeyNormalizers.of(sample.schema);
        Random random = new Random(3);
        for (int i = 0; i < 100; i++) {
            KeyWriter out = new KeyWriter();
            out.clear();
            order.write(sample.generator.apply(random), out);
            assertThat(out.mark()).isLessThanOrEqualTo(order.maxBytes());
        }
    }

    @Test
    void agreesWithTheOrderOfTheJdk() {
        KeyNormalizer<String> texts = KeyNormalizers.of(new Schema.ScalarOf(Scalar.STRING));
        KeyNormalizer<Double> doubles = KeyNormalizers.of(new Schema.ScalarOf(Scalar.DOUBLE));

        assertThat(texts.compare("\uFFFF", "\uD800\uDC00")).isPositive();
        assertThat(doubles.compare(-0d, 0d)).isNegative();
        assertThat(doubles.compare(Double.NaN, Double.POSITIVE_INFINITY)).isPositive();
    }

    @Test
    void saysWhetherEightBytesDecide() {
        assertThat(KeyNormalizers.of(new Schema.ScalarOf(Scalar.LONG)).decidesByPrefix()).isTrue();
        assertThat(KeyNormalizers.of(new Schema.ScalarOf(Scalar.LONG)).nullsFirst())
                .extracting(KeyNormalizer::decidesByPrefix)
                .isEqualTo(false);
        assertThat(KeyNormalizers.of(new Schema.ScalarOf(Scalar.INT)).nullsFirst())
                .extracting(KeyNormalizer::decidesByPrefix)
                .isEqualTo(true);
        assertThat(KeyNormalizers.of(new Schema.ScalarOf(Scalar.STRING)).decidesByPrefix())
                .isFalse();
        assertThat(KeyNormalizers.of(new Schema.ScalarOf(Scalar.BIG_DECIMAL)).decidesByPrefix())
                .isFalse();
    }

    @Test
    void refusesATypeWithoutOrderByName() {
        Schema lists =
                Serializers.of(
                                Types.TUPLE(Types.STRING, Types.LIST(Types.LONG)),
                                getClass().getClassLoader())
                        .schema();

        assertThatThrownBy(() -> KeyNormalizers.of(lists))
                .hasMessageStartingWith("PROGRAM_INVALID: Values of ")
                .hasMessageContaining("Tuple2")
                .hasMessageContaining("have no order");
    }

    @Test
    void takesTheClassOfTheFirstValueWhereNoTypeIsKnown() {
        KeyNormalizer<Object> found = KeyNormalizers.ofValues();
        KeyWriter out = new KeyWriter();
        out.clear();
        found.write("a", out);

        assertThat(found.compare("a", "b")).isNegative();
        assertThatThrownBy(() -> found.write(1L, out))
                .hasMessageStartingWith("USER_CODE_FAILED: A sort met a java.lang.Long")
                .hasMessageContaining("java.lang.String");
        assertThatThrownBy(() -> found.write(null, out)).hasMessageContaining("met null");
        assertThatThrownBy(() -> KeyNormalizers.ofValues().write(new Object(), out))
                .hasMessageContaining("not a java.lang.Object");
    }

    @Test
    void tellsGroupsApart() {
        List<Object> keys =
                Arrays.asList(
                        null,
                        "",
                        "a",
                        "ab",
                        1L,
                        1,
                        (short) 1,
                        (byte) 1,
                        'a',
                        true,
                        false,
                        1.0,
                        1f,
                        Colour.RED,
                        Colour.BLUE,
                        Tuple2.of("a", 1),
                        Tuple2.of("a", 2),
                        Tuple2.of("a", 1L),
                        Tuple2.of(null, 1));
        List<Written> written = new ArrayList<>();
        for (Object key : keys) {
            KeyWriter out = new KeyWriter();
            out.clear();
            GroupKeys.write(key, out);
            assertThat(out.undecided()).isFalse();
            written.add(
                    new Written(
                            Arrays.copyOf(out.array(), KeyWriter.PREFIX_BYTES + out.restLength()),
                            false));
        }
        for (int i = 0; i < keys.size(); i++) {
            for (int j = 0; j < keys.size(); j++) {
                assertThat(written.get(i).order(written.get(j)) == 0).isEqualTo(i == j);
            }
        }
    }
}
