package io.millrace.api.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.function.KeySelector;
import io.millrace.api.tuple.Tuple;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.CompositeType;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import org.junit.jupiter.api.Test;

class FieldAggregationTest {
    private static final TypeInformation<Tuple2<String, Integer>> PAIR =
            Types.TUPLE(Types.STRING, Types.INT);

    @Test
    void sumsAFieldOfATupleAndLeavesTheInputsAlone() {
        FieldSum<Tuple2<String, Integer>> sum = new FieldSum<>(FieldAccess.ofNumber(PAIR, "1"));
        Tuple2<String, Integer> first = Tuple2.of("a", 1);
        assertThat(sum.reduce(first, Tuple2.of("b", 2))).isEqualTo(Tuple2.of("a", 3));
        assertThat(first).isEqualTo(Tuple2.of("a", 1));
    }

    @Test
    void sumsFieldsOfPlainClassesRecordsAndNestedOnes() {
        Count a = new Count("a", 1);
        assertThat(new FieldSum<Count>(FieldAccess.of(null, "count")).reduce(a, new Count("b", 2)))
                .isEqualTo(new Count("a", 3));
        Plain sum =
                new FieldSum<Plain>(FieldAccess.of(TypeInformation.of(Plain.class), "count"))
                        .reduce(new Plain("x", 1.5), new Plain("y", 2));
        assertThat(sum.count).isEqualTo(3.5);
        assertThat(sum.name).isEqualTo("x");
        Tuple2<String, Count> nested =
                new FieldSum<Tuple2<String, Count>>(FieldAccess.of(null, "f1.count"))
                        .reduce(Tuple2.of("k", a), Tuple2.of("l", new Count("b", 41)));
        assertThat(nested).isEqualTo(Tuple2.of("k", new Count("a", 42)));
    }

    @Test
    void sumsNumbersThemselves() {
        FieldSum<Long> sum = new FieldSum<>(FieldAccess.ofNumber(Types.LONG, "0"));
        assertThat(sum.reduce(1L, 2L)).isEqualTo(3L);
    }

    @Test
    void keepsTheOtherFieldsOfTheFirstRecordForMinAndMax() {
        FieldAccess field = FieldAccess.ofComparable(PAIR, "f1");
        assertThat(
                        FieldExtreme.<Tuple2<String, Integer>>value(field, true)
                                .reduce(Tuple2.of("a", 2), Tuple2.of("b", 1)))
                .isEqualTo(Tuple2.of("a", 1));
        assertThat(
                        FieldExtreme.<Tuple2<String, Integer>>value(field, false)
                                .reduce(Tuple2.of("a", 2), Tuple2.of("b", 1)))
                .isEqualTo(Tuple2.of("a", 2));
    }

    @Test
    void keepsTheWholeRecordForMinByAndMaxByAndTheFirstOrLastOfEqualOnes() {
        FieldAccess field = FieldAccess.ofComparable(PAIR, "1");
        Tuple2<String, Integer> a = Tuple2.of("a", 1);
        Tuple2<String, Integer> b = Tuple2.of("b", 2);
        Tuple2<String, Integer> c = Tuple2.of("c", 1);
        assertThat(FieldExtreme.<Tuple2<String, Integer>>record(field, false, true).reduce(a, b))
                .isSameAs(b);
        assertThat(FieldExtreme.<Tuple2<String, Integer>>record(field, true, true).reduce(a, c))
                .isSameAs(a);
        assertThat(FieldExtreme.<Tuple2<String, Integer>>record(field, true, false).reduce(a, c))
                .isSameAs(c);
    }

    @Test
    void makesAKeyOfFieldsByPositionAndName() {
        KeySelector<Tuple2<String, Integer>, Tuple> key = FieldsKey.ofPositions(PAIR, 1, 0);
        assertThat(keyOf(key, Tuple2.of("a", 1))).isEqualTo(Tuple2.of(1, "a"));
        KeySelector<Count, Tuple> byName =
                FieldsKey.ofNames(TypeInformation.of(Count.class), "name");
        assertThat(keyOf(byName, new Count("n", 1)).toString()).isEqualTo("(n)");
    }

    private static <T> Tuple keyOf(KeySelector<T, Tuple> selector, T value) {
        try {
            return selector.getKey(value);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void namesTheFieldsThatThereAre() {
        assertThatThrownBy(() -> FieldAccess.of(PAIR, "2")).hasMessageContaining("[f0, f1]");
        assertThatThrownBy(() -> FieldAccess.of(TypeInformation.of(Count.class), "size"))
                .isInstanceOf(CompositeType.InvalidFieldReferenceException.class)
                .hasMessageContaining("there is no field 'size'")
                .hasMessageContaining("[name, count]");
        assertThatThrownBy(() -> FieldAccess.of(null, "size").get(new Count("a", 1)))
                .hasMessageContaining("[name, count]");
        assertThatThrownBy(() -> FieldAccess.ofNumber(PAIR, "0")).hasMessageContaining("no number");
        assertThatThrownBy(() -> FieldsKey.ofPositions(Types.LONG, 0))
                .hasMessageContaining("needs a type with fields");
    }

    record Count(String name, long count) {}

    public static class Plain {
        public String name;
        public double count;

        public Plain() {}

        Plain(String name, double count) {
            this.name = name;
            this.count = count;
        }
    }
}
