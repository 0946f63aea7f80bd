package io.millrace.testutils;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.function.MapFunction;
import io.millrace.api.stream.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A job that ends with success passes, whatever the engine wraps it in; others do not. */
class TestUtilsTest {
    @RegisterExtension
    private static final MiniClusterExtension CLUSTER = new MiniClusterExtension();

    private static StreamExecutionEnvironment throwing(Supplied failure) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        RestartStrategyUtils.configureFixedDelayRestartStrategy(env, 0);
        env.fromData(1)
                .map(
                        (MapFunction<Integer, Integer>)
                                number -> {
                                    throw failure.get();
                                })
                .print();
        return env;
    }

    private interface Supplied extends java.io.Serializable {
        RuntimeException get();
    }

    @Test
    void aJobThatSucceedsByAnExceptionPasses() {
        assertThatCode(() -> TestUtils.tryExecute(throwing(SuccessException::new), "success"))
                .doesNotThrowAnyException();
    }

    @Test
    void aJobThatFailsDoesNotPass() {
        assertThatThrownBy(
                        () ->
                                TestUtils.tryExecute(
                                        throwing(() -> new IllegalStateException("broken")),
                                        "failure"))
                .hasMessageContaining("broken");
    }
}
