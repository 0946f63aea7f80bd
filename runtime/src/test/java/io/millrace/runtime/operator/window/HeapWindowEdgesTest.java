package io.millrace.runtime.operator.window;

class HeapWindowEdgesTest extends WindowEdgesContract {
    @Override
    protected String backend() {
        return "hashmap";
    }
}
