package io.millrace.testutils.operator;

import io.millrace.api.function.KeySelector;
import io.millrace.api.function.KeyedBroadcastProcessFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.state.MapStateDescriptor;
import java.util.List;

/**
 * The operator of a process function with keys whose second input is broadcast; for a keyed
 * harness.
 */
public class CoBroadcastWithKeyedOperator<KS, IN1, IN2, OUT>
        extends TwoInputFunctionOperator<IN1, IN2, OUT> {
    private static final long serialVersionUID = 1L;

    private final KeyedBroadcastProcessFunction<KS, IN1, IN2, OUT> function;
    private final List<MapStateDescriptor<?, ?>> broadcastStates;

    /**
     * @param broadcastStates that the function may ask for
     */
    public CoBroadcastWithKeyedOperator(
            KeyedBroadcastProcessFunction<KS, IN1, IN2, OUT> function,
            List<MapStateDescriptor<?, ?>> broadcastStates) {
        this.function = function;
        this.broadcastStates = List.copyOf(broadcastStates);
    }

    @Override
    OperatorSpec spec(KeySelector<?, ?> firstKey, KeySelector<?, ?> secondKey) {
        return new OperatorSpec.KeyedBroadcastProcessSpec(firstKey, function, broadcastStates);
    }
}
