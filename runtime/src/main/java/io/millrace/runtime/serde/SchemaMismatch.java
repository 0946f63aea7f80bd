package io.millrace.runtime.serde;

/** Says what was written and what is there now; the search adds class and field. */
final class SchemaMismatch extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String written;
    private final String now;

    SchemaMismatch(String written, String now) {
        super(written + " was written, now it is " + now, null, false, false);
        this.written = written;
        this.now = now;
    }

    String written() {
        return written;
    }

    String now() {
        return now;
    }
}
