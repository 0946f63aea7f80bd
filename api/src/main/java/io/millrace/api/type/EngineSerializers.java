package io.millrace.api.type;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.launch.Launcher;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** Finds the engine's serializers. Thread-safe: the search is done once. */
final class EngineSerializers {
    private EngineSerializers() {}

    /**
     * @throws MillraceException {@code PROGRAM_INVALID} if there is no engine in this process
     */
    static SerializerProvider provider() {
        if (Holder.FOUND == null) {
            throw new MillraceException(
                    ErrorCode.PROGRAM_INVALID,
                    "There is no engine in this process that could make a serializer. Put the"
                            + " Millrace runtime on the class path, or start the program with the"
                            + " millrace command.");
        }
        return Holder.FOUND;
    }

    private static final class Holder {
        static final SerializerProvider FOUND = find();

        /** The launcher's loader has the engine in a distribution, ours on a plain class path. */
        private static SerializerProvider find() {
            return Stream.of(
                            Launcher.engine(),
                            EngineSerializers.class.getClassLoader(),
                            Thread.currentThread().getContextClassLoader())
                    .filter(java.util.Objects::nonNull)
                    .flatMap(
                            loader -> ServiceLoader.load(SerializerProvider.class, loader).stream())
                    .findFirst()
                    .map(ServiceLoader.Provider::get)
                    .orElse(null);
        }
    }
}
