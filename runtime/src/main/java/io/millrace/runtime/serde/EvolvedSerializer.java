package io.millrace.runtime.serde;

import io.millrace.api.error.MillraceException;

/**
 * Reads what was written in an older form into the classes of today; does everything else in the
 * form of today. Immutable.
 */
final class EvolvedSerializer extends Serializer<Object> {
    private final ValueReader reader;
    private final ValueReader skipper;
    private final Serializer<Object> now;

    /**
     * @param skipper goes over a value without making it
     */
    EvolvedSerializer(ValueReader reader, ValueReader skipper, Serializer<Object> now) {
        this.reader = reader;
        this.skipper = skipper;
        this.now = now;
    }

    /** One for values that can be skipped only: reading one ends in {@code why}. */
    static EvolvedSerializer unreadable(
            MillraceException why, ValueReader skipper, Serializer<Object> now) {
        return new EvolvedSerializer(
                in -> {
                    throw new MillraceException(
                            why.code(), "a value in stored data: " + why.getMessage(), why);
                },
                skipper,
                now);
    }

    @Override
    public void write(Object value, BinaryWriter out) {
        now.write(value, out);
    }

    @Override
    public Object read(BinaryReader in) {
        return reader.read(in);
    }

    void skip(BinaryReader in) {
        skipper.read(in);
    }

    @Override
    public Object copy(Object value) {
        return now.copy(value);
    }

    @Override
    public boolean immutable() {
        return now.immutable();
    }

    @Override
    public Schema schema() {
        return now.schema();
    }

    @Override
    boolean fits(Object value) {
        return now.fits(value);
    }
}
