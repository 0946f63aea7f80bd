package io.millrace.api.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.MillraceException;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.tuple.Tuple3;
import io.millrace.api.type.Types;
import org.junit.jupiter.api.Test;

class StreamProjectionTest {
    private final StreamExecutionEnvironment env =
            StreamExecutionEnvironment.getExecutionEnvironment();

    private final DataStream<Tuple3<Long, String, Boolean>> tuples =
            env.fromCollection(
                    java.util.List.of(Tuple3.of(1L, "a", true)),
                    Types.TUPLE(Types.LONG, Types.STRING, Types.BOOLEAN));

    @Test
    void takesFieldsInTheirOwnOrderAndKnowsTheirTypes() {
        assertThat(tuples.project(2, 0).getType())
                .isEqualTo(Types.TUPLE(Types.BOOLEAN, Types.LONG));
    }

    @Test
    void makesATupleOfTheFields() {
        assertThat(new TupleFields<>(new int[] {1, 0}).map(Tuple3.of(1L, "a", true)))
                .isEqualTo(Tuple2.of("a", 1L));
    }

    @Test
    void refusesAFieldThatTheTuplesDoNotHave() {
        assertThatThrownBy(() -> tuples.project(0, 3))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("the field 3")
                .hasMessageContaining("fields 0 to 2");
    }

    @Test
    void refusesStreamsOfOtherTypes() {
        assertThatThrownBy(() -> env.fromData("a").project(0))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("a stream of tuples");
    }

    @Test
    void refusesAnotherNumberOfFieldsThanTheMethodSays() {
        assertThatThrownBy(() -> new StreamProjection<>(tuples, new int[] {0}).projectTuple2())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs 2 fields")
                .hasMessageContaining("given 1");
    }
}
