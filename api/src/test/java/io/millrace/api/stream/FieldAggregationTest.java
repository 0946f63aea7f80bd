package io.millrace.api.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.function.KeySelector;
import io.millrace.api.tuple.Tuple;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.CompositeType;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import java.math.BigDecimal;
import java.util.List;
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
    void givesAsRunningFoldWhatItGivesAsReduceFunction() {
        List<List<? extends Number>> numbers =
                List.of(
                        List.of(Long.MAX_VALUE, 1L, 5L),
                        List.of(Integer.MAX_VALUE, 1, 5),
                        List.of(0.1, 0.2, -0.3),
                        List.of((short) 32_767, (short) 1),
                        List.of(1.5f, 2.25f),
                        List.of(new BigDecimal("1.10"), new BigDecimal("2.205")));
        for (List<? extends Number> values : numbers) {
            FieldSum<Tuple2<String, Number>> sum = new FieldSum<>(FieldAccess.of(null, "1"));
            Tuple2<String, Number> folded = Tuple2.of("a", values.get(0));
            Object state = sum.begin(Tuple2.of("a", values.get(0)));
            for (Number value : values.subList(1, values.size())) {
                folded = sum.reduce(folded, Tuple2.of("b", value));
                sum.add(state, Tuple2.of("b", value));
                sum.touch(state); // only looks
                assertThat(sum.result(state, sum.base(state).copy(), true)).isEqualTo(folded);
                assertThat(sum.result(state, sum.base(state), false)).isEqualTo(folded);
            }
            assertThat(sum.base(state)).isEqualTo(Tuple2.of("a", values.get(0)));
        }
    }

    @Test
    void refusesAsRunningFoldWhatItRefusesAsReduceFunction() {
        FieldSum<Tuple2<String, Number>> sum = new FieldSum<>(FieldAccess.of(null, "1"));
        Object state = sum.begin(Tuple2.of("a", 1L));
        assertThatThrownBy(() -> sum.add(state, Tuple2.of("b", 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Field 1 cannot be added up: its values are 1 and 2.");
    }

    @Test
    void sumsAsRunningFoldInNestedFieldsAndPlainClasses() {
        FieldSum<Tuple2<String, Count>> nested = new FieldSum<>(FieldAccess.of(null, "f1.count"));
        Object state = nested.begin(Tuple2.of("k", new Count("a", 1)));
        nested.add(state, Tuple2.of("l", new Count("b", 41)));
        assertThat(nested.result(state, nested.base(state), false))
                .isEqualTo(Tuple2.of("k", new Count("a", 42)));

        FieldSum<Plain> plain = new FieldSum<>(FieldAccess.of(null, "count"));
        Object plainState = plain.begin(new Plain("x", 1.5));
        plain.add(plainState, new Plain("y", 2));
        assertThat(plain.result(plainState, new Plain("x", 1.5), true).count).isEqualTo(3.5);
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
