// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.server;

import dev.corkboard.platform.auth.IssuerKeys;
import dev.corkboard.platform.auth.KeySource;
import dev.corkboard.platform.auth.RevocationFeed;
import dev.corkboard.platform.auth.ServiceIdentity;
import dev.corkboard.platform.auth.TokenVerifier;
import dev.corkboard.platform.client.Channels;
import dev.corkboard.platform.client.ServiceTokens;
import dev.corkboard.platform.config.ProcessConfig;
import dev.corkboard.platform.metrics.Metrics;
import dev.corkboard.platform.page.PageTokens;
import dev.corkboard.platform.schedule.Periodic;
import dev.corkboard.platform.tls.Peer;
import dev.corkboard.platform.tls.TlsIdentity;
import dev.corkboard.platform.trace.TraceConfig;
import dev.corkboard.platform.trace.Tracing;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.ServiceDescriptor;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * A process while it starts: who it is, its clock and metrics, and what it opens, which is closed
 * in reverse when the process stops or fails to start.
 */
public final class Startup {
  private final Resources resources;
  private final ServiceIdentity self;
  private final Readiness readiness = new Readiness();
  private final Clock clock = Clock.systemUTC();
  private final PrometheusMeterRegistry metrics;
  private final Tracing tracing;
  private final Optional<TlsIdentity> tls;

  /** How the traces of a process begin: {@link Tracing#start} or {@link Tracing#startAtEdge}. */
  @FunctionalInterface
  public interface TracingStart {
    Tracing start(String name, TraceConfig config, MeterRegistry metrics);
  }

  public Startup(
      String name,
      ServiceIdentity self,
      ProcessConfig config,
      TracingStart tracing,
      Resources resources) {
    this.self = self;
    this.resources = resources;
    this.metrics = Metrics.prometheus(name);
    this.tracing = add(tracing.start(name, config.tracing(), metrics));
    this.tls = config.tls().map(files -> add(TlsIdentity.open(files, name, metrics)));
  }

  public Tracing tracing() {
    return tracing;
  }

  public Clock clock() {
    return clock;
  }

  public PrometheusMeterRegistry metrics() {
    return metrics;
  }

  public Readiness readiness() {
    return readiness;
  }

  /** Takes what is to be closed when the process stops. */
  public <T extends AutoCloseable> T add(T resource) {
    return resources.add(resource);
  }

  /**
   * Background work, see {@link Periodic}; how long ago a round last went well is a gauge, {@code
   * corkboard.background.age.seconds}.
   */
  public void every(
      String name, Duration period, Duration limit, Supplier<? extends CompletionStage<?>> work) {
    Periodic running = add(Periodic.start(name, period, limit, work));
    Gauge.builder("corkboard.background.age.seconds", running, Periodic::secondsSinceSuccess)
        .tag("work", name)
        .register(metrics);
  }

  /** What the process shows its peers; empty where connections are plain. */
  public Optional<TlsIdentity> tls() {
    return tls;
  }

  /**
   * A channel to another service; see {@link Channels#open}.
   *
   * @param name of the service, which is held to it when connections are not plain
   */
  public Channel channel(String name, String target, ServiceDescriptor... services) {
    return traced(Channels.open(target, peer(name), metrics, List.of(services)));
  }

  /** The same on a transport of the caller's. */
  public Channel channel(
      Channels.Transport transport, String name, String target, ServiceDescriptor... services) {
    return traced(Channels.open(transport, target, peer(name), metrics, List.of(services)));
  }

  private Peer peer(String name) {
    return tls.map(own -> own.peer(name)).orElse(Peer.PLAINTEXT);
  }

  private Channel traced(ManagedChannel channel) {
    resources.<AutoCloseable>add(channel::shutdownNow);
    return tracing.trace(channel);
  }

  /** Checks tokens against the keys and revocations of account-service. */
  public TokenVerifier verifier(String issuer, Channel account) {
    return new TokenVerifier(
        issuer,
        new IssuerKeys(account, clock),
        add(RevocationFeed.over(account, self, clock, metrics)),
        self,
        clock);
  }

  /** Checks tokens by keys and revocations that this process itself keeps. */
  public TokenVerifier verifier(String issuer, KeySource keys, RevocationFeed.Source revoked) {
    return new TokenVerifier(
        issuer, keys, add(new RevocationFeed(revoked, clock, metrics)), self, clock);
  }

  /** Tokens for calls in the process's own name. */
  public ServiceTokens serviceTokens() {
    return new ServiceTokens(self, clock);
  }

  /** Page tokens that every replica of this service takes. */
  public PageTokens pageTokens() {
    return new PageTokens(self.secretFor("page-tokens"), clock);
  }
}
