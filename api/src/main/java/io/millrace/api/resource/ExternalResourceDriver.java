package io.millrace.api.resource;

import java.util.Set;

/**
 * Finds resources of one kind on a machine. For code that asks a driver itself: workers here have
 * no drivers of their own.
 */
public interface ExternalResourceDriver {
    /**
     * @param amount how many are wanted, at least 1
     */
    Set<? extends ExternalResourceInfo> retrieveResourceInfo(long amount) throws Exception;
}
