package io.millrace.runtime.loader;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.option.Config;
import io.millrace.runtime.plan.JobId;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The class loaders of the jobs in this process, one each, made at first use and closed with the
 * job. Thread-safe.
 */
public final class UserLoaders implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UserLoaders.class);
    private static final int NAMED_SHADOWS = 5;

    private final ClassLoader root;
    private final Plugins plugins;
    private final ClassLoader ifNoJars;
    private final Map<JobId, URLClassLoader> loaders = new HashMap<>();

    /**
     * @param plugins whose exported packages jobs see
     * @param ifNoJars the loader of a program that came on the class path
     */
    public UserLoaders(Plugins plugins, ClassLoader ifNoJars) {
        this.root = Config.class.getClassLoader();
        this.plugins = plugins;
        this.ifNoJars = ifNoJars;
    }

    /** The loader of a program that came on the class path. */
    public ClassLoader ofClassPath() {
        return ifNoJars;
    }

    /** A new loader over a program's jars, which the caller closes. */
    public URLClassLoader open(String name, List<Path> jars) {
        for (Path jar : jars) {
            warnOfShadowedClasses(jar);
        }
        return new UserClassLoader(name, jars, root, plugins);
    }

    /** The loader of a job; the same one until {@link #release}. */
    public synchronized ClassLoader of(JobId jobId, List<String> userJars) {
        if (userJars.isEmpty()) {
            return ifNoJars;
        }
        return loaders.computeIfAbsent(
                jobId, id -> open("job-" + id, userJars.stream().map(Path::of).toList()));
    }

    /**
     * Closes the job's loader; classes that are loaded already go on working. Threads of the job
     * that are still there are named once, since their classes stay in memory with them.
     */
    public synchronized void release(JobId jobId) {
        URLClassLoader loader = loaders.remove(jobId);
        if (loader == null) {
            return;
        }
        List<String> leaked = LeakedThreads.of(loader);
        if (!leaked.isEmpty()) {
            LOG.warn(
                    "Functions left threads behind. job={} threads={}. End them in close(): they"
                            + " and the job's classes stay in this process otherwise.",
                    jobId,
                    leaked);
        }
        close(loader);
    }

    @Override
    public synchronized void close() {
        loaders.values().forEach(UserLoaders::close);
        loaders.clear();
    }

    /** A program that brings its own API or plugin classes gets ours instead; say so. */
    private void warnOfShadowedClasses(Path jar) {
        List<String> shadowed = shadowedIn(jar);
        if (!shadowed.isEmpty()) {
            LOG.warn(
                    "Classes in the job's jar gave way to those of Millrace and its plugins. jar={}"
                            + " count={} classes={}. Leave them out of the jar (scope provided).",
                    jar,
                    shadowed.size(),
                    shadowed.subList(0, Math.min(NAMED_SHADOWS, shadowed.size())));
        }
    }

    List<String> shadowedIn(Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            List<String> shadowed = new ArrayList<>();
            file.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.endsWith(".class") && !name.startsWith("META-INF/"))
                    .map(name -> name.substring(0, name.length() - 6).replace('/', '.'))
                    .filter(
                            name ->
                                    UserClassLoader.isShared(name)
                                            || plugins.exporterOf(
                                                            name.substring(
                                                                    0,
                                                                    Math.max(
                                                                            0,
                                                                            name.lastIndexOf('.'))))
                                                    != null)
                    .forEach(shadowed::add);
            return shadowed;
        } catch (IOException e) {
            throw new MillraceException(
                    ErrorCode.JAR_UNREADABLE,
                    jar + " cannot be read as a jar: " + e.getMessage() + ". Build it again.",
                    e);
        }
    }

    private static void close(URLClassLoader loader) {
        try {
            loader.close();
        } catch (IOException e) {
            LOG.warn("A job's class loader did not close. loader={}", loader.getName(), e);
        }
    }
}
