package io.millrace.yarn.token;

import io.millrace.api.checkpoint.CheckpointOptions;
import io.millrace.api.option.Config;
import io.millrace.hdfs.KerberosSettings;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.Credentials;

/**
 * The file systems that a job needs delegation tokens of: the one of its staging directory, those
 * of checkpoints and savepoints as far as options name them, and what else the user says.
 * Immutable.
 *
 * @param roots one URI for each, without a path
 */
public record TokenFileSystems(List<URI> roots) {
    public TokenFileSystems {
        roots = List.copyOf(roots);
    }

    /**
     * @param staging of the staging directory
     */
    public static TokenFileSystems of(Config config, URI staging) {
        List<String> places = new ArrayList<>();
        places.add(staging.toString());
        config.find(CheckpointOptions.DIRECTORY).ifPresent(places::add);
        config.find(CheckpointOptions.SAVEPOINT_DIRECTORY).ifPresent(places::add);
        places.addAll(KerberosSettings.from(config).fileSystems());
        Set<URI> roots = new LinkedHashSet<>();
        for (String place : places) {
            URI uri = new Path(place).toUri();
            // Without scheme or authority it is the default one, which staging is on, or local.
            if (uri.getScheme() != null
                    && uri.getAuthority() != null
                    && !uri.getScheme().equals("file")) {
                roots.add(URI.create(uri.getScheme() + "://" + uri.getAuthority()));
            }
        }
        return new TokenFileSystems(List.copyOf(roots));
    }

    /**
     * Asks for tokens of all of them that there are none of yet.
     *
     * @param renewer who may renew them
     * @throws IOException naming the file system that gave none
     */
    public void addTokens(Configuration configuration, String renewer, Credentials credentials)
            throws IOException {
        for (URI root : roots) {
            // Of its own: Hadoop would keep one for each login.
            try (FileSystem files = FileSystem.newInstance(root, configuration)) {
                files.addDelegationTokens(renewer, credentials);
            } catch (IOException e) {
                throw new IOException(root + " gave no delegation token: " + e.getMessage(), e);
            }
        }
    }
}
