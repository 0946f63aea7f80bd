package io.millrace.api.type;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.stream.StreamExecutionEnvironment;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GenericTypesInGraphTest {
    private static void build(boolean disabled) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        if (disabled) {
            env.getConfig().disableGenericTypes();
        }
        env.fromData(1, 2).map(n -> new Random(n)).returns(Random.class).print();
        env.getStreamGraph();
    }

    @Test
    void areRefusedWhereTheyAreDisabled() {
        assertThatThrownBy(() -> build(true))
                .hasMessageContaining("PROGRAM_INVALID")
                .hasMessageContaining("java.util.Random");
    }

    @Test
    void areAllowedByDefault() {
        assertThatCode(() -> build(false)).doesNotThrowAnyException();
    }
}
