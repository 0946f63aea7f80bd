package io.millrace.runtime.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.tuple.Tuple2;
import io.millrace.api.tuple.Tuple3;
import io.millrace.api.type.Either;
import io.millrace.api.type.Row;
import io.millrace.api.type.RowKind;
import io.millrace.api.type.TypeHint;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The stored forms of version 1, byte for byte. A difference means that data which users have
 * stored can no longer be read: add a version instead. New cases are written by {@code
 * -Dgolden.write=DIR}.
 */
class GoldenFormsTest {
    private static final ClassLoader LOADER = GoldenFormsTest.class.getClassLoader();
    private static final HexFormat HEX = HexFormat.of();
    private static final int BYTES_PER_LINE = 40;

    /** A kind of type, a value, and what the value is in the classes of today. */
    record Case(String name, TypeInformation<?> type, Object value) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** One field of each scalar. */
    private static Row scalars() {
        LocalDate date = LocalDate.of(2026, 2, 3);
        LocalTime time = LocalTime.of(4, 5, 6, 7);
        return Row.of(
                true,
                (byte) 1,
                (short) -2,
                'c',
                3,
                -4L,
                0.5f,
                -0.25,
                "text \u00e4 \ud83d\ude00",
                new boolean[] {true, false},
                new byte[] {1, 2},
                new short[] {3},
                new char[] {'d'},
                new int[] {-5},
                new long[] {6},
                new float[] {7},
                new double[] {8},
                BigInteger.valueOf(-900),
                new BigDecimal("12.50"),
                new UUID(1, 2),
                Instant.ofEpochSecond(9, 10),
                date,
                time,
                LocalDateTime.of(date, time),
                OffsetDateTime.of(date, time, ZoneOffset.ofHours(2)),
                ZonedDateTime.of(date, time, ZoneId.of("Asia/Tokyo")),
                ZoneId.of("Asia/Tokyo"),
                Duration.ofSeconds(11, 12),
                Period.of(1, 2, 3),
                Year.of(2026),
                new java.util.Date(13),
                new java.sql.Date(14),
                new java.sql.Time(15),
                new java.sql.Timestamp(16));
    }

    private static TypeInformation<Row> typeOf(Row row) {
        TypeInformation<?>[] types = new TypeInformation<?>[row.getArity()];
        for (int i = 0; i < types.length; i++) {
            types[i] = Types.GENERIC(row.getField(i).getClass());
        }
        return Types.ROW(types);
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case("scalars", typeOf(scalars()), scalars()),
                new Case("enum", TypeInformation.of(Samples.Colour.class), Samples.Colour.GREEN),
                new Case(
                        "record",
                        TypeInformation.of(Samples.Boxes.class),
                        new Samples.Boxes(
                                true,
                                null,
                                (short) 1,
                                null,
                                2,
                                3L,
                                null,
                                4.0,
                                "five",
                                Samples.Colour.RED)),
                new Case(
                        "bean",
                        TypeInformation.of(Samples.Bean.class),
                        new Samples.Bean("name", 3, List.of("tag"))),
                new Case(
                        "plain",
                        TypeInformation.of(Samples.Money.class),
                        new Samples.Money("CHF", 1250)),
                new Case(
                        "tuple",
                        Types.TUPLE(Types.STRING, Types.INT, Types.LIST(Types.LONG)),
                        Tuple3.of("a", null, Arrays.asList(1L, null))),
                new Case(
                        "row",
                        Types.ROW_NAMED(new String[] {"a", "b"}, Types.INT, Types.STRING),
                        Row.ofKind(RowKind.DELETE, null, "b")),
                new Case("open-row", Types.GENERIC(Row.class), Row.of(1, "a", Row.of(2.5), null)),
                new Case(
                        "sealed",
                        TypeInformation.of(Samples.Shape.class),
                        new Samples.Group(
                                List.of(new Samples.Circle(1.5), new Samples.Square(2)), null)),
                new Case("either", Types.EITHER(Types.INT, Types.STRING), Either.Right("right")),
                new Case(
                        "collections",
                        TypeInformation.of(Samples.Collections.class),
                        new Samples.Collections(
                                List.of(1, 2),
                                new java.util.LinkedHashSet<>(List.of("b", "a")),
                                new java.util.HashSet<>(List.of(7L)),
                                new java.util.TreeSet<>(List.of("x", "y")),
                                java.util.Map.of("k", 1),
                                new java.util.HashMap<>(java.util.Map.of(1, true)),
                                new TreeMap<>(java.util.Map.of("p", 0.5)),
                                new ArrayList<>(List.of(List.of("in"))),
                                new String[] {"s", null},
                                new int[][] {{1}, {2, 3}})),
                new Case(
                        "contains-itself",
                        TypeInformation.of(Samples.Tree.class),
                        new Samples.Tree(1, new Samples.Tree(2, null, null), null)),
                new Case(
                        "optional",
                        TypeInformation.of(new TypeHint<Optional<String>>() {}),
                        Optional.of("there")),
                new Case(
                        "run-time",
                        TypeInformation.of(new TypeHint<Samples.Pair<Object, Object>>() {}),
                        new Samples.Pair<>(Tuple2.of("t", 1L), new Samples.Circle(2))),
                new Case(
                        "custom",
                        new CustomSerializerTest.CelsiusInfo(false),
                        new CustomSerializerTest.Celsius(20.5, "kitchen")));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theWrittenSchemaIsTheSame(Case one) {
        Serializer<Object> serializer = Serializers.of(one.type(), LOADER);
        assertThat(hex(WrittenSchema.of(serializer).toBytes()))
                .isEqualTo(golden(one.name() + ".schema", WrittenSchema.of(serializer).toBytes()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theDataIsTheSame(Case one) {
        BinaryWriter out = new BinaryWriter(64);
        out.attach(WriterStructures.selfDescribing());
        Serializers.of(one.type(), LOADER).write(one.value(), out);
        assertThat(hex(out.toByteArray()))
                .isEqualTo(golden(one.name() + ".data", out.toByteArray()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theStoredDataIsReadByTheStoredSchema(Case one) {
        WrittenSchema schema = WrittenSchema.parse(bytes(golden(one.name() + ".schema", null)));
        byte[] data = bytes(golden(one.name() + ".data", null));
        for (TypeInformation<?> now : new TypeInformation<?>[] {one.type(), null}) {
            Serializer<Object> reader = new JobSerializers(LOADER).readerOf(schema, now);
            Object read = new BinaryReader(data).readWhole(reader);
            if (read instanceof Row) {
                assertThat(read).isEqualTo(one.value());
            } else {
                assertThat(read).usingRecursiveComparison().isEqualTo(one.value());
            }
        }
    }

    /** Written when the classes were {@link EvolutionTest.V1}, and had the names of today's. */
    @Test
    void theStoredDataOfYesterdaysClassesIsReadIntoTodays() {
        EvolutionTest.V1.Bean bean = new EvolutionTest.V1.Bean();
        bean.count = 4;
        bean.name = "stored";
        bean.points.add(new EvolutionTest.V1.Point(1, 2.5f, null, "removed"));
        bean.sizes = java.util.Map.of("a", 1);
        Serializer<Object> yesterdays =
                Serializers.of(TypeInformation.of(EvolutionTest.V1.Bean.class), LOADER);
        BinaryWriter out = new BinaryWriter(64);
        yesterdays.write(bean, out);
        Written renamed = EvolutionTest.renamed(WrittenSchema.of(yesterdays).root());
        String schema = golden("evolved.schema", new WrittenSchema(renamed).toBytes());
        String data = golden("evolved.data", out.toByteArray());

        Serializer<Object> reader =
                new JobSerializers(LOADER)
                        .readerOf(
                                WrittenSchema.parse(bytes(schema)),
                                TypeInformation.of(EvolutionTest.V2.Bean.class));
        EvolutionTest.V2.Bean read =
                (EvolutionTest.V2.Bean) new BinaryReader(bytes(data)).readWhole(reader);
        assertThat(read.name).isEqualTo("stored");
        assertThat(read.count).isEqualTo(4);
        assertThat(read.points).containsExactly(new EvolutionTest.V2.Point(null, 2.5, 1, null));
        assertThat(read.sizes).isEqualTo(java.util.Map.of("a", 1L));
        assertThat(read.added).isEqualTo("by the constructor");
    }

    private static String hex(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < bytes.length; at += BYTES_PER_LINE) {
            text.append(HEX.formatHex(bytes, at, Math.min(bytes.length, at + BYTES_PER_LINE)))
                    .append('\n');
        }
        return text.toString();
    }

    private static byte[] bytes(String hex) {
        return HEX.parseHex(hex.replace("\n", ""));
    }

    /**
     * @param now what is written if the file is asked for; null to only read
     */
    private static String golden(String name, byte[] now) {
        String directory = System.getProperty("golden.write");
        try {
            if (directory != null && now != null) {
                Files.createDirectories(Path.of(directory));
                Files.writeString(Path.of(directory, name + ".hex"), hex(now));
                return hex(now);
            }
            try (InputStream in =
                    GoldenFormsTest.class.getResourceAsStream("golden-v1/" + name + ".hex")) {
                assertThat(in).as("golden file of %s", name).isNotNull();
                return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
