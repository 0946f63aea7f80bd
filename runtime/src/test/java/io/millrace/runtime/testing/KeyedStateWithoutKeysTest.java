package io.millrace.runtime.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.function.OpenContext;
import io.millrace.api.function.RichMapFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.type.Types;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyedStateWithoutKeysTest {
    @Test
    void saysWhichStateNeedsAKeyedStream() {
        RichMapFunction<Long, String> asking =
                new RichMapFunction<>() {
                    private transient MillraceException refusal;

                    @Override
                    public void open(OpenContext context) {
                        refusal =
                                catchThrowableOfType(
                                        MillraceException.class,
                                        () ->
                                                getRuntimeContext()
                                                        .getState(
                                                                new ValueStateDescriptor<>(
                                                                        "sum", Long.class)));
                    }

                    @Override
                    public String map(Long value) {
                        return refusal.code() + " " + refusal.getMessage();
                    }
                };

        List<Object> emitted =
                OperatorHarness.of(new OperatorSpec.MapSpec(asking), Types.LONG, Types.STRING)
                        .run(List.of(1L));

        assertThat(emitted)
                .singleElement()
                .asString()
                .startsWith(ErrorCode.PROGRAM_INVALID.name())
                .contains("state 'sum' (VALUE)")
                .contains("keyBy()");
    }
}
