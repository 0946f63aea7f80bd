package io.millrace.runtime.operator.window;

class HeapWindowOperatorsTest extends WindowOperatorsContract {
    @Override
    protected String backend() {
        return "hashmap";
    }
}
