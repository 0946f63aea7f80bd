package io.millrace.hdfs;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.FileSystemFactory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/** Makes Hadoop's file systems of one scheme. Thread-safe. */
public final class HadoopFileSystemFactory implements FileSystemFactory {
    /** Schemes that Hadoop serves without a key of their own in the configuration. */
    private static final List<String> BUILT_IN =
            List.of("hdfs", "viewfs", "webhdfs", "swebhdfs", "har", "s3a", "abfs", "abfss", "gs");

    private static final Pattern IMPLEMENTATION =
            Pattern.compile("fs\\.([a-z][a-z0-9+.-]*)\\.impl");

    private final String scheme;
    private final Supplier<Configuration> configuration;

    /** The service: {@code hdfs} as the process's environment configures it. */
    public HadoopFileSystemFactory() {
        this("hdfs", () -> HadoopSite.ofProcess(Path.of("").toAbsolutePath(), System.getenv()));
    }

    /**
     * {@code hdfs} as the process's environment configures it, on a secure cluster with a login.
     */
    public HadoopFileSystemFactory(KerberosSettings kerberos) {
        this(
                "hdfs",
                () -> {
                    Configuration configuration =
                            HadoopSite.ofProcess(Path.of("").toAbsolutePath(), System.getenv());
                    KerberosLogin.asConfigured(configuration, kerberos);
                    return configuration;
                });
    }

    private HadoopFileSystemFactory(String scheme, Supplier<Configuration> configuration) {
        this.scheme = scheme;
        this.configuration = configuration;
    }

    /**
     * The same for the cluster that the environment names, where it is secure with a login.
     *
     * @throws MillraceException {@code CLUSTER_NOT_CONFIGURED}; {@code AUTHENTICATION_FAILED} if a
     *     keytab is named and does not serve
     */
    public static void install(Map<String, String> environment, KerberosSettings kerberos) {
        Configuration configuration = HadoopSite.ofEnvironment(environment);
        KerberosLogin.asConfigured(configuration, kerberos);
        install(configuration);
    }

    /**
     * Makes Hadoop's file systems known to the API, and the cluster's the default one. For a
     * process's assembly, before user code runs.
     */
    public static void install(Configuration configuration) {
        URI defaultUri = org.apache.hadoop.fs.FileSystem.getDefaultUri(configuration);
        Set<String> schemes = new TreeSet<>(BUILT_IN);
        schemes.add(defaultUri.getScheme());
        for (Map.Entry<String, String> entry : configuration) {
            Matcher matcher = IMPLEMENTATION.matcher(entry.getKey());
            if (matcher.matches()) {
                schemes.add(matcher.group(1));
            }
        }
        schemes.remove("file");
        FileSystem.install(
                schemes.stream()
                        .map(scheme -> new HadoopFileSystemFactory(scheme, () -> configuration))
                        .toList(),
                defaultUri);
    }

    @Override
    public String getScheme() {
        return scheme;
    }

    @Override
    public FileSystem create(URI uri) throws IOException {
        return HadoopCalls.call(
                "open",
                new io.millrace.api.file.Path(uri),
                () -> {
                    try {
                        return new HadoopFileSystem(
                                org.apache.hadoop.fs.FileSystem.get(uri, configuration.get()));
                    } catch (UnsupportedFileSystemException e) {
                        throw unknown(uri, e);
                    } catch (RuntimeException e) {
                        // So it says that the jar of a scheme is not there.
                        if (e.getCause() instanceof ClassNotFoundException) {
                            throw unknown(uri, e);
                        }
                        throw e;
                    }
                });
    }

    private static MillraceException unknown(URI uri, Exception error) {
        return new MillraceException(
                ErrorCode.FILE_SYSTEM_UNKNOWN,
                "Hadoop has no file system for '"
                        + uri
                        + "' here: "
                        + HadoopErrors.firstLine(error)
                        + ". Check the scheme, or add the jar that serves it to"
                        + " the distribution's lib/hadoop.",
                error);
    }
}
