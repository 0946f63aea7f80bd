/**
 * How fast a source may emit. A {@link io.millrace.api.source.ratelimit.RateLimiterStrategy} makes
 * one {@link io.millrace.api.source.ratelimit.RateLimiter} a subtask, and {@link
 * io.millrace.api.source.ratelimit.RateLimitedSourceReader} lets any reader keep to it without
 * holding its thread: while no record is permitted, the reader is not available. Threads: all
 * confined to the task; only futures are completed by others.
 */
package io.millrace.api.source.ratelimit;
