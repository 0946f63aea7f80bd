package io.millrace.runtime.loader;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The classes of one job: its own jars first, except that the API, logging and the exported
 * packages of plugins always come from where everybody has them. Calls of the job's classes that
 * would end the process are led to an error. Thread-safe.
 */
final class UserClassLoader extends URLClassLoader {
    /** Shared with the engine: a second copy of these could not speak to it. */
    private static final List<String> SHARED =
            List.of("java.", "javax.", "jdk.", "sun.", "io.millrace.api.", "org.slf4j.");

    static {
        ClassLoader.registerAsParallelCapable();
    }

    private final Plugins plugins;
    private final JobJars jars;

    /**
     * @param root the loader of the API
     */
    UserClassLoader(String name, List<Path> jars, ClassLoader root, Plugins plugins) {
        super(name, jars.stream().map(Plugins::url).toArray(URL[]::new), root);
        this.plugins = plugins;
        this.jars = new JobJars(jars);
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
            return fromParent(name);
        }
    }

    private Class<?> fromParent(String name) throws ClassNotFoundException {
        try {
            return getParent().loadClass(name);
        } catch (ClassNotFoundException e) {
            if (MissingConnector.has(name)) {
                throw new ClassNotFoundException(MissingConnector.message(name), e);
            }
            throw e;
        }
    }

    /** From the job's jars with the guard; from what their manifests add, as it is. */
    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        JobJars.Found found;
        try {
            found = jars.find(name);
        } catch (IOException e) {
            throw new ClassNotFoundException(name + " cannot be read", e);
        }
        if (found == null) {
            return super.findClass(name);
        }
        definePackageOnce(packageOf(name), found);
        byte[] bytes = ExitGuard.guarded(found.bytes());
        return defineClass(name, bytes, 0, bytes.length, found.source());
    }

    private void definePackageOnce(String packageName, JobJars.Found found) {
        if (packageName.isEmpty() || getDefinedPackage(packageName) != null) {
            return;
        }
        try {
            if (found.manifest() == null) {
                definePackage(packageName, null, null, null, null, null, null, null);
            } else {
                definePackage(packageName, found.manifest(), found.jar());
            }
        } catch (IllegalArgumentException e) {
            // Another thread has defined it meanwhile.
            return;
        }
    }

    @Override
    public void close() throws IOException {
        try (jars) {
            super.close();
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
