package io.millrace.api.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowTest {
    private static Row named(Object... namesAndValues) {
        Row row = Row.withNames();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            row.setField((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return row;
    }

    private static Row both(Object a, Object b) {
        return Row.withNamesAndPositions(
                RowKind.INSERT, new Object[] {a, b}, Map.of("a", 0, "b", 1));
    }

    @Test
    void printsKindAndFields() {
        assertThat(Row.of(1, "x", null, new int[] {1, 2})).hasToString("+I[1, x, null, [1, 2]]");
        assertThat(Row.ofKind(RowKind.DELETE, 5, null)).hasToString("-D[5, null]");
        assertThat(named("a", 1, "b", 2)).hasToString("+I{a=1, b=2}");
        assertThat(Row.of(Row.of(1), List.of(1, 2), Map.of("a", 1), new Object[] {null, "a"}))
                .hasToString("+I[+I[1], [1, 2], {a=1}, [null, a]]");
        assertThat(both(1, "x")).hasToString("+I[1, x]");
    }

    @Test
    void hashesByContentAsTheOriginalDoes() {
        assertThat(Row.of(1, "x", null, new int[] {1, 2}).hashCode()).isEqualTo(2022969);
        assertThat(Row.of(1, "x").hashCode()).isEqualTo(2104);
        assertThat(Row.ofKind(RowKind.DELETE, 1, "x").hashCode()).isEqualTo(2197);
        assertThat(Row.of(List.of(1, 2)).hashCode()).isEqualTo(2017);
        assertThat(Row.of(Map.of("a", 1)).hashCode()).isEqualTo(192);
        assertThat(Row.of(Row.of(1)).hashCode()).isEqualTo(125);
        assertThat(Row.of((Object) new byte[] {1}).hashCode()).isEqualTo(94);
        assertThat(named("a", 1, "b", "x").hashCode()).isEqualTo(183);
        assertThat(named("a", 1, "b", null).hashCode()).isEqualTo(290);
        assertThat(both(1, null).hashCode()).isEqualTo(1953);
    }

    @Test
    void comparesKindAndDeepContent() {
        assertThat(Row.of(1, new int[] {1})).isEqualTo(Row.of(1, new int[] {1}));
        assertThat(Row.of(Map.of("a", new byte[] {1})))
                .isEqualTo(Row.of(Map.of("a", new byte[] {1})));
        assertThat(Row.of(List.of(new byte[] {1}))).isNotEqualTo(Row.of(List.of(new byte[] {2})));
        assertThat(Row.of(1)).isNotEqualTo(Row.ofKind(RowKind.UPDATE_AFTER, 1));
        assertThat(Row.of(1)).isNotEqualTo(Row.of(1, 2));
    }

    @Test
    void equalsRowsWithTheSamePositionsOrTheSameNames() {
        assertThat(both(1, "x")).isEqualTo(Row.of(1, "x")).isEqualTo(named("a", 1, "b", "x"));
        assertThat(Row.of(1, "x")).isEqualTo(both(1, "x"));
        assertThat(named("a", 1)).isEqualTo(both(1, null));
        assertThat(both(1, null)).isEqualTo(named("a", 1));
        assertThat(named("a", 1)).isNotEqualTo(named("a", 1, "b", null));
        assertThat(named("a", 1)).isNotEqualTo(Row.of(1));
        assertThat(named("a", 1, "c", 2)).isNotEqualTo(both(1, null));
    }

    @Test
    void refusesThePositionsOfARowByName() {
        assertThatThrownBy(() -> named("a", 1).getField(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("by position");
        assertThatThrownBy(() -> named("a", 1).setField(0, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesTheNamesOfARowByPosition() {
        assertThatThrownBy(() -> Row.of(1).getField("a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("by name");
        assertThatThrownBy(() -> both(1, 2).setField("zz", 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("zz")
                .hasMessageContaining("a");
    }

    @Test
    void givesNullForAFieldThatARowByNameDoesNotHave() {
        assertThat(named("a", 1).getField("zz")).isNull();
    }

    @Test
    void tellsItsNames() {
        assertThat(Row.of(1).getFieldNames(true)).isNull();
        assertThat(named("a", 1).getFieldNames(false)).containsExactly("a");
        assertThat(both(1, 2).getFieldNames(false)).isNull();
        assertThat(both(1, 2).getFieldNames(true)).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void copiesProjectsAndJoins() {
        Row original = both(1, "x");
        Row copy = Row.copy(original);
        copy.setField("a", 2);
        assertThat(original).isEqualTo(Row.of(1, "x"));
        assertThat(Row.project(original, new int[] {1, 0})).isEqualTo(Row.of("x", 1));
        assertThat(Row.project(original, new String[] {"b"})).isEqualTo(named("b", "x"));
        assertThat(Row.join(Row.ofKind(RowKind.DELETE, 1), Row.of(2), Row.of(3)))
                .isEqualTo(Row.ofKind(RowKind.DELETE, 1, 2, 3));
        assertThatThrownBy(() -> Row.join(Row.of(1), named("a", 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void clears() {
        Row byName = named("a", 1);
        byName.clear();
        assertThat(byName.getArity()).isZero();
        Row byPosition = Row.of(1);
        byPosition.clear();
        assertThat(byPosition).isEqualTo(Row.of((Object) null));
    }

    @Test
    void comparesListsOfRows() {
        List<Row> one = List.of(Row.of(1), Row.of(2));
        List<Row> turned = List.of(Row.of(2), Row.of(1));
        assertThat(RowUtils.compareRows(one, turned)).isFalse();
        assertThat(RowUtils.compareRows(one, turned, true)).isTrue();
        assertThat(RowUtils.compareRows(one, List.of(Row.of(1), Row.of(1)), true)).isFalse();
        assertThat(RowUtils.compareRows(null, one)).isFalse();
    }

    @Test
    void numbersItsKinds() {
        for (RowKind kind : RowKind.values()) {
            assertThat(RowKind.fromByteValue(kind.toByteValue())).isEqualTo(kind);
        }
        assertThat(RowKind.UPDATE_BEFORE.shortString()).isEqualTo("-U");
        assertThatThrownBy(() -> RowKind.fromByteValue((byte) 9))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void eitherIsOneOfTwo() {
        Either<Integer, String> left = Either.Left(1);
        assertThat(left.isLeft()).isTrue();
        assertThat(left).hasToString("Left(1)").isEqualTo(Either.Left.of(1)).hasSameHashCodeAs(1);
        assertThat(Either.Right(1)).hasToString("Right(1)").isNotEqualTo(Either.Left(1));
        assertThatThrownBy(left::right).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Either.Left(null)).isInstanceOf(NullPointerException.class);
    }
}
