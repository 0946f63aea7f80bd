package io.millrace.runtime.loader;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The classes of one job: its own jars first, except that the API, logging and the exported
 * packages of plugins always come from where everybody has them. Thread-safe.
 */
final class UserClassLoader extends URLClassLoader {
    /** Shared with the engine: a second copy of these could not speak to it. */
    private static final List<String> SHARED =
            List.of("java.", "javax.", "jdk.", "sun.", "io.millrace.api.", "org.slf4j.");

    static {
        ClassLoader.registerAsParallelCapable();
    }

    private final Plugins plugins;

    /**
     * @param root the loader of the API
     */
    UserClassLoader(String name, URL[] jars, ClassLoader root, Plugins plugins) {
        super(name, jars, root);
        this.plugins = plugins;
    }

    static boolean isShared(String className) {
        for (String prefix : SHARED) {
            if (className.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> type = findLoadedClass(name);
            if (type == null) {
                type = findByRule(name);
            }
            if (resolve) {
                resolveClass(type);
            }
            return type;
        }
    }

    private Class<?> findByRule(String name) throws ClassNotFoundException {
        if (isShared(name)) {
            return getParent().loadClass(name);
        }
        ClassLoader exporter = plugins.exporterOf(packageOf(name));
        if (exporter != null) {
            return exporter.loadClass(name);
        }
        try {
            return findClass(name);
        } catch (ClassNotFoundException notInTheJob) {
            return getParent().loadClass(name);
        }
    }

    @Override
    public URL getResource(String name) {
        URL own = findResource(name);
        return own != null ? own : getParent().getResource(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        Set<URL> all = new LinkedHashSet<>(Collections.list(findResources(name)));
        all.addAll(Collections.list(getParent().getResources(name)));
        return Collections.enumeration(all);
    }

    private static String packageOf(String className) {
        int dot = className.lastIndexOf('.');
        return dot < 0 ? "" : className.substring(0, dot);
    }
}
