package io.millrace.connector.file;

import io.millrace.api.file.Path;
import java.util.function.Predicate;

/**
 * Passes names over that begin with {@code .} or {@code _}: files that writers have not finished,
 * and those that tools keep for themselves. Stateless.
 */
public final class DefaultFileFilter implements Predicate<Path> {
    @Override
    public boolean test(Path path) {
        String name = path.getName();
        return !name.startsWith(".") && !name.startsWith("_");
    }
}
