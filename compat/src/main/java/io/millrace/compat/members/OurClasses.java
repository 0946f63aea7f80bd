package io.millrace.compat.members;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The classes of a class path, read when asked for and never loaded. Confined to one thread. */
public final class OurClasses {
    private final ClassLoader loader;
    private final Map<String, Optional<OurClass>> read = new HashMap<>();

    /**
     * @param loader finds the class files as resources
     */
    public OurClasses(ClassLoader loader) {
        this.loader = loader;
    }

    /** Nothing if there is no such class. The name has slashes. */
    Optional<OurClass> find(String name) {
        return read.computeIfAbsent(name, this::read);
    }

    private Optional<OurClass> read(String name) {
        try (InputStream in = loader.getResourceAsStream(name + ".class")) {
            return in == null ? Optional.empty() : Optional.of(OurClass.read(in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the class " + name, e);
        }
    }

    /** The class, what it extends and what it implements, each once, nearest first. */
    Collection<OurClass> withParents(OurClass start) {
        Map<String, OurClass> found = new LinkedHashMap<>();
        Deque<OurClass> open = new ArrayDeque<>();
        open.add(start);
        while (!open.isEmpty()) {
            OurClass next = open.poll();
            if (found.putIfAbsent(next.name(), next) == null) {
                next.parents().forEach(parent -> find(parent).ifPresent(open::add));
            }
        }
        return found.values();
    }
}
