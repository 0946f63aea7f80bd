package io.millrace.runtime.serde;

/**
 * Stands for a reader that is being made, where a type contains itself. Set once, before anybody
 * else sees it.
 */
final class LateReader implements ValueReader {
    private ValueReader target;

    void is(ValueReader reader) {
        target = reader;
    }

    @Override
    public Object read(BinaryReader in) {
        in.enter();
        Object value = target.read(in);
        in.exit();
        return value;
    }
}
