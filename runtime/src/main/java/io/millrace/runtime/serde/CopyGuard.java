package io.millrace.runtime.serde;

/**
 * Copies with a serializer whose values may contain themselves, and copies those that do another
 * way. Thread-safe as the serializer is.
 */
/* The generated code of copies has no place for what it has met, and needs none for nearly all values. So
 * a value that leads back to itself fills the stack, once; from then on all values of this place are
 * copied with an eye on that. Types whose values cannot contain themselves get no guard.
 */
public final class CopyGuard extends Serializer<Object> {
    private final Serializer<Object> plain;
    private final SerializerCompiler compiler =
            new SerializerCompiler(CopyGuard.class.getClassLoader());
    // Written once by whoever finds it out; another thread that does not see it finds it out again.
    private boolean cyclic;

    private CopyGuard(Serializer<Object> plain) {
        this.plain = plain;
    }

    /** The serializer itself if its values cannot contain themselves. */
    public static Serializer<Object> of(Serializer<Object> serializer) {
        return SchemaText.mayLeadBack(serializer.schema()) ? new CopyGuard(serializer) : serializer;
    }

    @Override
    public Object copy(Object value) {
        if (cyclic) {
            return CyclicCopies.copy(value, compiler);
        }
        try {
            return plain.copy(value);
        } catch (StackOverflowError e) {
            cyclic = true;
            return CyclicCopies.copy(value, compiler);
        }
    }

    @Override
    public void write(Object value, BinaryWriter out) {
        plain.write(value, out);
    }

    @Override
    public int lookInto(Object value) {
        return plain.lookInto(value);
    }

    @Override
    public Object read(BinaryReader in) {
        return plain.read(in);
    }

    @Override
    public boolean immutable() {
        return plain.immutable();
    }

    @Override
    public Schema schema() {
        return plain.schema();
    }

    @Override
    boolean fits(Object value) {
        return plain.fits(value);
    }
}
