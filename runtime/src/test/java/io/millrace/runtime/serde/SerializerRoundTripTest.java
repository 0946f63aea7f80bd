package io.millrace.runtime.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.tuple.Tuple0;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.tuple.Tuple3;
import io.millrace.api.type.TypeHint;
import io.millrace.api.type.TypeInformation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SerializerRoundTripTest {
    private static final ClassLoader LOADER = SerializerRoundTripTest.class.getClassLoader();
    private static final int VALUES = 100;

    /** A type and how to make values of it. */
    record Law(String name, TypeInformation<?> type, Function<RandomValues, Object> value) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Law law(TypeInformation<?> type, Function<RandomValues, Object> value) {
        return new Law(type.toString(), type, value);
    }

    static Stream<Law> laws() {
        return Stream.of(
                law(TypeInformation.of(String.class), RandomValues::string),
                law(TypeInformation.of(Samples.Primitives.class), RandomValues::primitives),
                law(TypeInformation.of(Samples.Boxes.class), RandomValues::boxes),
                law(TypeInformation.of(Samples.Empty.class), r -> new Samples.Empty()),
                law(TypeInformation.of(Samples.Colour.class), r -> Samples.Colour.GREEN),
                law(TypeInformation.of(Samples.Collections.class), RandomValues::collections),
                law(
                        TypeInformation.of(Samples.Tree.class),
                        r -> new Samples.Tree(1, r.tree(0), null)),
                law(TypeInformation.of(Samples.Folder.class), r -> r.folder(0)),
                law(TypeInformation.of(Samples.Shape.class), r -> r.shape(0)),
                law(
                        TypeInformation.of(Samples.Group.class),
                        r -> new Samples.Group(r.list(() -> r.shape(1)), null)),
                law(TypeInformation.of(Samples.Bean.class), RandomValues::bean),
                law(
                        TypeInformation.of(Samples.Money.class),
                        r -> new Samples.Money(r.string(), r.number())),
                law(
                        TypeInformation.of(new TypeHint<Samples.Pair<String, Integer>>() {}),
                        r -> new Samples.Pair<>(r.orNull(r::string), r.below(9))),
                law(
                        TypeInformation.of(Samples.Holder.class),
                        r ->
                                new Samples.Holder(
                                        r.orNull(() -> new Samples.Pair<>(r.string(), 1)),
                                        r.list(
                                                () ->
                                                        new Samples.Pair<>(
                                                                r.number(), r.list(r::string))))),
                law(TypeInformation.of(Samples.Wide.class), SerializerRoundTripTest::wide),
                law(TypeInformation.of(Samples.WideBean.class), SerializerRoundTripTest::wideBean),
                law(TypeInformation.of(Tuple0.class), r -> Tuple0.INSTANCE),
                law(
                        TypeInformation.of(new TypeHint<Tuple2<String, Integer>>() {}),
                        r -> Tuple2.of(r.orNull(r::string), r.orNull(() -> r.below(100)))),
                law(
                        TypeInformation.of(
                                new TypeHint<
                                        Tuple3<Samples.Bean, Long, Tuple2<byte[], Double>>>() {}),
                        r -> Tuple3.of(r.bean(), r.number(), Tuple2.of(r.bytes(), 1.5))),
                law(
                        TypeInformation.of(new TypeHint<List<Samples.Boxes>>() {}),
                        r -> r.list(r::boxes)),
                law(
                        TypeInformation.of(new TypeHint<Map<String, List<Long>>>() {}),
                        r -> r.fill(new java.util.HashMap<>(), r::string, () -> r.list(r::number))),
                law(
                        TypeInformation.of(new TypeHint<Set<Integer>>() {}),
                        r -> new java.util.HashSet<>(r.list(() -> r.below(1000)))),
                law(
                        TypeInformation.of(new TypeHint<Optional<Samples.Bean>>() {}),
                        r -> Optional.ofNullable(r.orNull(r::bean))),
                law(
                        TypeInformation.of(Samples.Boxes[].class),
                        r -> r.list(r::boxes).toArray(new Samples.Boxes[0])),
                new Law("found at run time", null, r -> r.anything(0)));
    }

    private static Object wide(RandomValues r) {
        return new Samples.Wide(
                1,
                r.string(),
                null,
                4,
                null,
                r.number(),
                7,
                r.string(),
                r.number(),
                1,
                r.string(),
                null,
                4,
                null,
                r.number(),
                7,
                r.string(),
                r.number(),
                1,
                r.string(),
                null,
                4,
                null,
                r.number(),
                7,
                r.string(),
                r.number(),
                1,
                r.string(),
                null,
                4,
                null,
                r.number(),
                7,
                r.string(),
                new int[] {r.below(9)});
    }

    private static Object wideBean(RandomValues r) {
        Samples.WideBean bean = new Samples.WideBean();
        bean.a3 = r.below(100);
        bean.b9 = r.orNull(r::string);
        bean.c0 = r.orNull(r::number);
        bean.c9 = r.orNull(r::number);
        bean.d9 = 1.25;
        bean.e0 = new int[] {r.below(5)};
        return bean;
    }

    @ParameterizedTest
    @MethodSource("laws")
    void whatIsWrittenIsRead(Law law) {
        Serializer<Object> serializer = Serializers.of(law.type(), LOADER);
        RandomValues values = new RandomValues(42);
        BinaryWriter out = new BinaryWriter(16);
        List<Object> written = new ArrayList<>();
        for (int i = 0; i < VALUES; i++) {
            int before = out.size();
            Object value = law.value().apply(values);
            written.add(value);
            serializer.lookInto(value);
            serializer.write(value, out);
            assertThat(out.size()).as("every value takes a byte").isGreaterThan(before);
        }
        BinaryReader in = new BinaryReader(out.toByteArray());
        for (int i = 0; i < VALUES; i++) {
            assertSame(serializer.read(in), written.get(i));
        }
        assertThat(in.remaining()).isZero();
    }

    @ParameterizedTest
    @MethodSource("laws")
    void aCopyIsEqualAndSharesNothingThatCanChange(Law law) {
        Serializer<Object> serializer = Serializers.of(law.type(), LOADER);
        RandomValues values = new RandomValues(43);
        for (int i = 0; i < VALUES; i++) {
            Object value = law.value().apply(values);
            Object copy = serializer.copy(value);
            assertSame(copy, value);
            if (serializer.immutable()) {
                assertThat(copy).isSameAs(value);
            } else if (value != null) {
                SharedParts.assertNone(copy, value);
            }
        }
    }

    @Test
    void onlyTypesWhosePartsCannotChangeAreImmutable() {
        assertThat(of(Samples.Primitives.class).immutable()).isTrue();
        assertThat(of(Samples.Tree.class).immutable()).isTrue();
        assertThat(of(Samples.Holder.class).immutable()).isFalse();
        assertThat(of(Samples.Shape.class).immutable()).isFalse();
        assertThat(of(Samples.Bean.class).immutable()).isFalse();
        assertThat(of(Samples.Money.class).immutable()).isFalse();
        assertThat(of(java.util.Date.class).immutable()).isFalse();
        assertThat(of(byte[].class).immutable()).isFalse();
        assertThat(of(Samples.Colour.class).immutable()).isTrue();
    }

    @Test
    void theSchemaNamesFieldsAndTypes() {
        assertThat(of(Samples.Circle.class).schema().text())
                .isEqualTo(Samples.Circle.class.getName() + "{radius DOUBLE}");
        assertThat(of(Samples.Tree.class).schema().text())
                .isEqualTo(Samples.Tree.class.getName() + "{value INT, left ^0?, right ^0?}");
    }

    private static Serializer<Object> of(Class<?> type) {
        return Serializers.of(TypeInformation.of(type), LOADER);
    }

    private static void assertSame(Object read, Object written) {
        if (read == null || written == null) {
            assertThat(read).isEqualTo(written);
            return;
        }
        assertThat(read.getClass().isArray()).isEqualTo(written.getClass().isArray());
        if (!read.equals(written)) {
            assertThat(read).usingRecursiveComparison().isEqualTo(written);
        }
    }
}
