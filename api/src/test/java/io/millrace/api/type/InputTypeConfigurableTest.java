package io.millrace.api.type;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.sink.SinkFunction;
import io.millrace.api.stream.ExecutionConfig;
import io.millrace.api.stream.StreamExecutionEnvironment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InputTypeConfigurableTest {
    private static final List<TypeInformation<?>> TOLD = new ArrayList<>();

    static final class Curious implements SinkFunction<Integer>, InputTypeConfigurable {
        private static final long serialVersionUID = 1L;

        @Override
        public void setInputType(TypeInformation<?> type, ExecutionConfig executionConfig) {
            TOLD.add(type);
        }
    }

    @Test
    void isToldWhatTheSinkWillBeGiven() {
        TOLD.clear();
        StreamExecutionEnvironment.getExecutionEnvironment().fromData(1, 2).addSink(new Curious());
        assertThat(TOLD).containsExactly(Types.INT);
    }
}
