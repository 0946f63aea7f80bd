package io.millrace.api.tuple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TupleTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 7, 24, 25})
    void setsGetsCopiesAndComparesFields(int arity) {
        Tuple tuple = Tuple.newInstance(arity);
        assertThat(tuple.getArity()).isEqualTo(arity);
        for (int i = 0; i < arity; i++) {
            tuple.setField("v" + i, i);
        }
        Tuple copy = tuple.copy();
        assertThat(copy).isEqualTo(tuple).hasSameHashCodeAs(tuple);
        for (int i = 0; i < arity; i++) {
            assertThat(copy.<String>getField(i)).isEqualTo("v" + i);
            copy.setField("other", i);
            assertThat(copy).isNotEqualTo(tuple);
            copy.setField("v" + i, i);
        }
        assertThatThrownBy(() -> tuple.getField(arity))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> tuple.setField(1, arity))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void readsAsItsFieldsInParentheses() {
        assertThat(Tuple3.of("a", null, new int[] {1, 2})).hasToString("(a,null,[1, 2])");
        assertThat(Tuple0.INSTANCE).hasToString("()");
        assertThat(Tuple2.of(1, "b").swap()).isEqualTo(Tuple2.of("b", 1));
    }

    @Test
    void namesTheFieldThatIsNull() {
        assertThatThrownBy(() -> Tuple2.of(1, null).getFieldNotNull(1))
                .isInstanceOf(NullFieldException.class)
                .hasMessageContaining("Field 1 is null");
    }

    @Test
    void hasAtMostTwentyFiveFields() {
        assertThatThrownBy(() -> Tuple.getTupleClass(26)).hasMessageContaining("0 to 25");
    }
}
