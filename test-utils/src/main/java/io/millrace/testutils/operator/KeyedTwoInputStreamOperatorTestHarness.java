package io.millrace.testutils.operator;

import io.millrace.api.function.KeySelector;
import io.millrace.api.operator.TwoInputStreamOperator;
import io.millrace.api.type.TypeInformation;

/** Runs an operator of two inputs that are keyed alike. Confined to the test. */
public class KeyedTwoInputStreamOperatorTestHarness<K, IN1, IN2, OUT>
        extends TwoInputStreamOperatorTestHarness<IN1, IN2, OUT> {
    /**
     * @param keyType of the keys; keys say it themselves, so it may be null
     */
    public KeyedTwoInputStreamOperatorTestHarness(
            TwoInputStreamOperator<IN1, IN2, OUT> operator,
            KeySelector<IN1, K> keySelector1,
            KeySelector<IN2, K> keySelector2,
            TypeInformation<K> keyType)
            throws Exception {
        super(operator, keySelector1, keySelector2);
    }

    KeyedTwoInputStreamOperatorTestHarness(TestedOperator tested) {
        super(tested.spec(), tested.keys().get(0), tested.keys().get(1));
    }

    /** Keys that have something, in all states together. */
    public int numKeyedStateEntries() {
        return stateEntries();
    }
}
