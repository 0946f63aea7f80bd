package io.millrace.runtime.loader;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipFile;

/** The class files in the jars of one job, opened at first use. Thread-safe. */
final class JobJars implements AutoCloseable {
    private final List<Path> paths;
    private final JarFile[] files;
    private boolean closed;

    JobJars(List<Path> paths) {
        this.paths = List.copyOf(paths);
        this.files = new JarFile[paths.size()];
    }

    /**
     * A class file and where it is from.
     *
     * @param manifest null if the jar has none
     */
    record Found(byte[] bytes, Manifest manifest, URL jar, CodeSource source) {}

    /**
     * The class of that name in the first jar that has it; null if none has, or they are closed.
     *
     * @throws IOException if a jar cannot be read
     */
    Found find(String className) throws IOException {
        String name = className.replace('.', '/') + ".class";
        for (int i = 0; i < files.length; i++) {
            JarFile file = open(i);
            JarEntry entry = file == null ? null : file.getJarEntry(name);
            if (entry != null) {
                byte[] bytes;
                try (InputStream in = file.getInputStream(entry)) {
                    bytes = in.readAllBytes();
                }
                URL jar = url(paths.get(i));
                return new Found(
                        bytes,
                        file.getManifest(),
                        jar,
                        new CodeSource(jar, entry.getCodeSigners()));
            }
        }
        return null;
    }

    private synchronized JarFile open(int index) throws IOException {
        if (files[index] == null && !closed) {
            File jar = paths.get(index).toFile();
            files[index] = new JarFile(jar, true, ZipFile.OPEN_READ, JarFile.runtimeVersion());
        }
        return files[index];
    }

    private static URL url(Path jar) throws MalformedURLException {
        return jar.toUri().toURL();
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        IOException failure = null;
        for (int i = 0; i < files.length; i++) {
            try (JarFile file = files[i]) {
                files[i] = null;
            } catch (IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
