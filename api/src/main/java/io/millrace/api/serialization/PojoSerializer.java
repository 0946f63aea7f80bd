package io.millrace.api.serialization;

/**
 * The engine's serializer of the objects of one plain class.
 *
 * @param <T> the class
 */
public final class PojoSerializer<T> extends ForwardingSerializer<T> {
    private static final long serialVersionUID = 1L;

    /**
     * @param engine does the work
     */
    public PojoSerializer(TypeSerializer<T> engine) {
        super(engine);
    }

    @Override
    public PojoSerializer<T> duplicate() {
        return new PojoSerializer<>(engine().duplicate());
    }
}
