package io.millrace.testutils.operator;

import io.millrace.api.function.KeySelector;
import io.millrace.api.operator.OneInputStreamOperator;
import io.millrace.api.type.TypeInformation;

/** Runs an operator of one keyed input. Confined to the test. */
public class KeyedOneInputStreamOperatorTestHarness<K, IN, OUT>
        extends OneInputStreamOperatorTestHarness<IN, OUT> {
    /**
     * @param keyType of the keys; keys say it themselves, so it may be null
     */
    public KeyedOneInputStreamOperatorTestHarness(
            OneInputStreamOperator<IN, OUT> operator,
            KeySelector<IN, K> keySelector,
            TypeInformation<K> keyType)
            throws Exception {
        super(operator, keySelector);
    }

    KeyedOneInputStreamOperatorTestHarness(TestedOperator tested) {
        super(tested.spec(), tested.keys().get(0));
    }

    /** Keys that have something, in all states together. */
    public int numKeyedStateEntries() {
        return stateEntries();
    }
}
