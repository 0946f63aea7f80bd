package io.millrace.batch;

import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.Serializer;

/** Measures keys and their values by writing them. Confined to its operator. */
final class ByteMeasure implements FoldSizes.Measure {
    private static final int FIRST_BYTES = 1024;
    private static final int KEPT_BYTES = 1 << 16;

    private final Serializer<Object> partials;
    private BinaryWriter sample = new BinaryWriter(FIRST_BYTES);

    /**
     * @param partials of {@link Partial}s
     */
    ByteMeasure(Serializer<Object> partials) {
        this.partials = partials;
    }

    @Override
    public int bytesOf(Object key, Object value) {
        if (sample.array().length > KEPT_BYTES) {
            sample = new BinaryWriter(FIRST_BYTES); // a long one has gone
        }
        sample.clear();
        partials.write(new Partial(key, 0, value), sample);
        return sample.size();
    }
}
