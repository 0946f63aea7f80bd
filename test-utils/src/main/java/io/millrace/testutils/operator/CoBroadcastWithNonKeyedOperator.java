package io.millrace.testutils.operator;

import io.millrace.api.function.BroadcastProcessFunction;
import io.millrace.api.function.KeySelector;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.state.MapStateDescriptor;
import java.util.List;

/** The operator of a process function whose second input is broadcast. */
public class CoBroadcastWithNonKeyedOperator<IN1, IN2, OUT>
        extends TwoInputFunctionOperator<IN1, IN2, OUT> {
    private static final long serialVersionUID = 1L;

    private final BroadcastProcessFunction<IN1, IN2, OUT> function;
    private final List<MapStateDescriptor<?, ?>> broadcastStates;

    /**
     * @param broadcastStates that the function may ask for
     */
    public CoBroadcastWithNonKeyedOperator(
            BroadcastProcessFunction<IN1, IN2, OUT> function,
            List<MapStateDescriptor<?, ?>> broadcastStates) {
        this.function = function;
        this.broadcastStates = List.copyOf(broadcastStates);
    }

    @Override
    OperatorSpec spec(KeySelector<?, ?> firstKey, KeySelector<?, ?> secondKey) {
        return new OperatorSpec.BroadcastProcessSpec(function, broadcastStates);
    }
}
