package io.millrace.runtime.operator.window;

class HeapWindowTriggersTest extends WindowTriggersContract {
    @Override
    protected String backend() {
        return "hashmap";
    }
}
