package io.millrace.yarn.master;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.hdfs.HadoopSite;
import io.millrace.runtime.wire.AppSecret;
import io.millrace.yarn.launch.ApplicationFile;
import io.millrace.yarn.launch.ContainerLayout;
import io.millrace.yarn.launch.SecretInCredentials;
import io.millrace.yarn.launch.YarnSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.Credentials;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.yarn.api.ApplicationConstants.Environment;
import org.apache.hadoop.yarn.api.records.ContainerId;

/**
 * What this process finds when YARN starts it: who it is, its files, its credentials. Immutable.
 *
 * @param host under which others reach this node
 * @param credentials all that the container was given
 * @param userName null on a secure cluster
 */
record MasterContainer(
        ContainerId id,
        String host,
        Path directory,
        ApplicationFile application,
        YarnSettings settings,
        Configuration hadoop,
        Credentials credentials,
        AppSecret secret,
        String userName) {

    static MasterContainer of(Map<String, String> environment, Path directory) {
        ContainerId id = ContainerId.fromString(required(environment, Environment.CONTAINER_ID));
        Path archive = directory.resolve(ContainerLayout.APPLICATION);
        ApplicationFile application =
                ApplicationFile.read(archive.resolve(ContainerLayout.PROPERTIES));
        Configuration hadoop = HadoopSite.ofFile(archive.resolve(ContainerLayout.SITE));
        UserGroupInformation.setConfiguration(hadoop);
        try {
            UserGroupInformation user = UserGroupInformation.getCurrentUser();
            Credentials credentials = user.getCredentials();
            return new MasterContainer(
                    id,
                    required(environment, Environment.NM_HOST),
                    directory,
                    application,
                    YarnSettings.from(application.config()),
                    hadoop,
                    credentials,
                    SecretInCredentials.get(credentials),
                    UserGroupInformation.isSecurityEnabled() ? null : user.getShortUserName());
        } catch (IOException e) {
            throw new MillraceException(
                    ErrorCode.INTERNAL, "the container's credentials cannot be read: " + e, e);
        }
    }

    String applicationId() {
        return id.getApplicationAttemptId().getApplicationId().toString();
    }

    /** From 1. */
    int attempt() {
        return id.getApplicationAttemptId().getAttemptId();
    }

    private static String required(Map<String, String> environment, Environment variable) {
        String value = environment.get(variable.name());
        if (value == null) {
            throw new MillraceException(
                    ErrorCode.USAGE,
                    "the variable "
                            + variable
                            + " is not set. This is no command of its own: YARN starts it after"
                            + " 'millrace run -t yarn'.");
        }
        return value;
    }
}
