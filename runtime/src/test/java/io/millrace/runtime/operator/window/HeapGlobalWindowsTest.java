package io.millrace.runtime.operator.window;

class HeapGlobalWindowsTest extends GlobalWindowsContract {
    @Override
    protected String backend() {
        return "hashmap";
    }
}
