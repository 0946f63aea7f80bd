package io.millrace.api.resource;

import io.millrace.api.option.Configuration;

/** Makes a driver by its configuration. */
public interface ExternalResourceDriverFactory {
    ExternalResourceDriver createExternalResourceDriver(Configuration config) throws Exception;
}
