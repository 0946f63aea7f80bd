package io.millrace.api.type;

import io.millrace.api.source.SimpleVersionedSerializer;
import java.io.IOException;
import java.io.Serializable;
import java.util.Objects;

/**
 * Writes values by Java serialization, for what programs have always written so: splits of input
 * formats. The engine reads them with the program's classes and its own filter. Stateless.
 */
public final class JavaForm<T extends Serializable> implements SimpleVersionedSerializer<T> {
    private static final int VERSION = 1;

    private final Class<T> type;

    /**
     * @param type what the values are
     */
    public JavaForm(Class<T> type) {
        this.type = Objects.requireNonNull(type);
    }

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(T value) throws IOException {
        return EngineSerializers.provider().writeJava(value, type.getSimpleName());
    }

    @Override
    public T deserialize(int version, byte[] serialized) throws IOException {
        if (version != VERSION) {
            throw new IOException(
                    "A "
                            + type.getSimpleName()
                            + " was written in form "
                            + version
                            + ", and this version reads form "
                            + VERSION
                            + ".");
        }
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        ClassLoader loader = context == null ? type.getClassLoader() : context;
        return EngineSerializers.provider().readJava(serialized, loader, type);
    }
}
